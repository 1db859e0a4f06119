using System.Text.RegularExpressions;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Rest;

/// <summary>What a call came to, before an envelope is put round it.</summary>
internal abstract record Answer
{
    /// <summary>The rules that the call broke, in the server's order.</summary>
    public IReadOnlyList<SpecViolation> Violations { get; init; } = [];

    /// <summary>How long the method worked, on the machine's clock.</summary>
    public TimeSpan Took { get; init; }
}

/// <summary>The call worked.</summary>
internal sealed record Success : Answer
{
    private JsonNode? _result;

    /// <summary>An answer with a value of <c>result</c>.</summary>
    public Success(JsonNode? result) => _result = result;

    /// <summary>The value of <c>result</c> as it goes over the wire; null: only as <see cref="Result"/>.</summary>
    public RenderedResult? Rendered { get; private init; }

    /// <summary>The value of <c>result</c>.</summary>
    public JsonNode? Result
    {
        get => Rendered is null ? _result : _result ??= Rendered.ToNode();
        init => (_result, Rendered) = (value, null);
    }

    /// <summary>An answer whose <c>result</c> is rendered already.</summary>
    public static Success Of(RenderedResult rendered) => new((JsonNode?)null) { Rendered = rendered };

    /// <summary>Offset of the next page.</summary>
    public int? Next { get; init; }

    /// <summary>Nothing that the portal keeps is behind the value: it only has the documented form.</summary>
    public bool ShapeOnly { get; init; }

    /// <summary>Number of records over all pages.</summary>
    public int? Total { get; init; }
}

/// <summary>The call was refused.</summary>
/// <param name="Code">The error code.</param>
/// <param name="Message">The server's text.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="InResult">It travels inside <c>result</c>, as if the call had worked.</param>
internal sealed partial record Failure(string Code, string Message, int Status, bool InResult = false) : Answer
{
    /// <summary>How long the client is asked to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public JsonObject ToJson()
    {
        var error = new JsonObject { ["error"] = Code, ["error_description"] = Message };
        if (Code == SystemErrors.Argument.Code && NamedArgument().Match(Message) is { Success: true } named)
            error["argument"] = named.Groups[1].Value;
        return error;
    }

    /// <summary>The text names the argument that is wrong.</summary>
    [GeneratedRegex("[Aa]rgument '([^']+)'", RegexOptions.NonBacktracking, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex NamedArgument();
}
