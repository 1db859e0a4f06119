using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bitrix24.Infrastructure;

namespace Bitrix24;

public abstract partial class Bitrix24Client
{
    // Methods of both versions may have the same name; selectors tell them apart by the same prefix.
    private const string V3Prefix = "v3/";

    /// <summary>Calls a method by name, without parameters; answers its <c>result</c>.</summary>
    /// <param name="method">The method; <c>v3/</c> in front of its name: that of REST 3.0.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<JsonElement> CallAsync(string method, CancellationToken cancellationToken = default) =>
        CallAsync(method, "{}", cancellationToken);

    /// <summary>Calls a method by name; answers its <c>result</c>. A method that the client knows is checked first.</summary>
    /// <param name="method">The method; <c>v3/</c> in front of its name: that of REST 3.0.</param>
    /// <param name="parameters">An object whose properties are the parameters, such as an anonymous one or a record, or a dictionary of any kind.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">A value is of a kind that no call can carry; the message names its path.</exception>
    [RequiresUnreferencedCode("Properties of the object are found by reflection; use the overload for JsonNode or a dictionary.")]
    [RequiresDynamicCode("Properties of the object are found by reflection; use the overload for JsonNode or a dictionary.")]
    public Task<JsonElement> CallAsync(string method, object? parameters, CancellationToken cancellationToken = default) =>
        Call(method, writer => RawValues.WriteParameters(writer, parameters), cancellationToken);

    /// <summary>Calls a method by name; answers its <c>result</c>. A method that the client knows is checked first.</summary>
    /// <param name="method">The method; <c>v3/</c> in front of its name: that of REST 3.0.</param>
    /// <param name="parameters">The parameters; null: none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">A value is of a kind that no call can carry.</exception>
    public Task<JsonElement> CallAsync(string method, JsonNode? parameters, CancellationToken cancellationToken = default) =>
        Call(method, writer => RawValues.WriteParameters(writer, parameters), cancellationToken);

    /// <summary>Calls a method by name; answers its <c>result</c>. A method that the client knows is checked first.</summary>
    /// <param name="method">The method; <c>v3/</c> in front of its name: that of REST 3.0.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<JsonElement> CallAsync(string method, JsonElement parameters, CancellationToken cancellationToken = default) =>
        Call(method, writer => RawValues.WriteParameters(writer, parameters), cancellationToken);

    /// <summary>Calls a method by name; answers its <c>result</c>. A method that the client knows is checked first.</summary>
    /// <param name="method">The method; <c>v3/</c> in front of its name: that of REST 3.0.</param>
    /// <param name="parameters">
    /// The parameters: text, numbers, booleans, dates, enumerations, JSON, files, objects of the generated types, lists and
    /// dictionaries of those; and records and other objects, unless the application is trimmed.
    /// </param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<JsonElement> CallAsync(
        string method,
#nullable disable annotations // A dictionary of object and one of object? are taken alike, without a warning.
        IReadOnlyDictionary<string, object> parameters,
#nullable restore annotations
        CancellationToken cancellationToken = default) =>
        Call(method, writer => RawValues.WriteParameters(writer, parameters), cancellationToken);

    /// <summary>Calls a method by name; answers its <c>result</c>. A method that the client knows is checked first.</summary>
    /// <param name="method">The method; <c>v3/</c> in front of its name: that of REST 3.0.</param>
    /// <param name="parameters">The parameters as a JSON object.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<JsonElement> CallAsync(
        string method,
        [StringSyntax(StringSyntaxAttribute.Json)] string parameters,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        JsonElement value;
        try
        {
            using var document = JsonDocument.Parse(parameters);
            value = document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw new ArgumentException("The parameters are not JSON.", nameof(parameters), e);
        }

        return Call(method, writer => RawValues.WriteParameters(writer, value), cancellationToken);
    }

    private Task<JsonElement> Call(string method, Action<Utf8JsonWriter> write, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(method);
        var isV3 = method.StartsWith(V3Prefix, StringComparison.Ordinal);
        var name = isV3 ? method[V3Prefix.Length..] : method;
        if (name.Length == 0 || name.AsSpan().IndexOfAnyExcept(RawRequest.NameCharacters) >= 0)
            throw new ArgumentException("A method's name is letters, digits, dots, dashes and underscores; 'v3/' in front of it means REST 3.0.", nameof(method));
        var known = isV3
            ? FindV3Method(name) ?? new MethodDescriptor(name, static () => [])
            {
                OpenParameters = true,
                Positional = name.Equals(RawBatch.Method, StringComparison.OrdinalIgnoreCase),
                Api = ApiDescriptor.UnknownV3,
            }
            : FindMethod(name) ?? new MethodDescriptor(name, static () => []) { OpenParameters = true };
        var batch = !name.Equals(RawBatch.Method, StringComparison.OrdinalIgnoreCase) ? null
            : known.Api.Envelope switch
            {
                EnvelopeKind.Bitrix24 => new RawBatch(FindMethod, isV3: false),
                EnvelopeKind.Bitrix24V3 => new RawBatch(FindV3Method, isV3: true),
                _ => null,
            };
        return SendAsync(new RawRequest(known, write, batch), cancellationToken);
    }
}
