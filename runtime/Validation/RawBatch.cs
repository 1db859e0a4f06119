using System.Text;
using System.Text.Json;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>Validates the calls within a batch that is sent as a raw call. Those of methods that the client does not know are let pass.</summary>
/// <param name="find">What the client knows of a method.</param>
/// <param name="isV3">The batch is one of REST 3.0: a list of objects. Otherwise its commands are texts.</param>
internal sealed class RawBatch(Func<string, MethodDescriptor?> find, bool isV3)
{
    /// <summary>The method that takes batches.</summary>
    public const string Method = "batch";

    private const string Commands = "cmd";
    private const string Calls = "calls";

    /// <summary>The violations, call by call; paths begin with that of the call.</summary>
    /// <param name="parameters">The batch's parameters as JSON.</param>
    /// <param name="access">Which credentials make the call.</param>
    public IReadOnlyList<Violation> Validate(ReadOnlyMemory<byte> parameters, MethodAccess access)
    {
        using var document = JsonDocument.Parse(parameters);
        var root = document.RootElement;
        var violations = new List<Violation>();
        if (!isV3)
        {
            foreach (var (path, command) in Items(Member(root, Commands), Commands))
            {
                if (command.ValueKind == JsonValueKind.String)
                    AddCommand(path, command.GetString()!, access, violations);
            }

            return violations;
        }

        var (list, at) = root.ValueKind == JsonValueKind.Array ? (root, "") : (Member(root, Calls), Calls);
        foreach (var (path, call) in Items(list, at))
        {
            if (call.ValueKind == JsonValueKind.Object && Member(call, "method") is { ValueKind: JsonValueKind.String } name)
            {
                var query = Member(call, "query");
                var json = query is { ValueKind: JsonValueKind.Object } given ? JsonBodyWriter.BytesOf(given) : "{}"u8.ToArray();
                Add(path, path + ".query", name.GetString()!, json, isQuery: false, access, violations);
            }
        }

        return violations;
    }

    private void AddCommand(string path, string command, MethodAccess access, List<Violation> violations)
    {
        var question = command.IndexOf('?', StringComparison.Ordinal);
        var method = (question < 0 ? command : command[..question]).Trim();
        // What PHP would not read either is the server's affair.
        if (PhpForm.TryToJson(Encoding.UTF8.GetBytes(question < 0 ? "" : command[(question + 1)..]), null, out var json, out _))
            Add(path, path, method, json, isQuery: true, access, violations);
    }

    private void Add(
        string path, string parametersPath, string name, byte[] parameters, bool isQuery, MethodAccess access, List<Violation> violations)
    {
        if (find(name) is not { } method)
            return;
        foreach (var violation in CallValidator.Validate(method, parameters, access, inBatch: true, isQuery))
            violations.Add(violation with { Path = violation.Path.Length == 0 ? path : $"{parametersPath}.{violation.Path}" });
    }

    private static JsonElement? Member(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) ? member : null;

    private static IEnumerable<(string Path, JsonElement Value)> Items(JsonElement? value, string path) => value switch
    {
        { ValueKind: JsonValueKind.Object } named => named.EnumerateObject().Select(p => ($"{path}.{p.Name}", p.Value)),
        { ValueKind: JsonValueKind.Array } listed => listed.EnumerateArray().Select((item, i) => ($"{path}[{Notation.Invariant(i)}]", item)),
        _ => [],
    };
}
