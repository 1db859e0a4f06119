using System.Text.Json;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>A page of the application that a user opened in a portal.</summary>
/// <remarks>Source: <see href="https://apidocs.bitrix24.com/api-reference/widgets/index.html"/>.</remarks>
public abstract class Bitrix24Placement
{
    private IncomingPlacement? _source;

    /// <summary>The code: <c>CRM_DEAL_DETAIL_TAB</c>.</summary>
    public string PlacementCode => Source.Code;

    /// <summary>Who opened it. The tokens belong to that user.</summary>
    public IncomingAuth Auth => Source.Auth;

    /// <summary>The language of the user's interface.</summary>
    public string? Language => Source.Language;

    /// <summary>Everything that arrived.</summary>
    public IncomingPlacement Source => _source ?? throw new InvalidOperationException("The placement was not read from a request.");

    internal void ReadFrom(IncomingPlacement source, IReadOnlyDictionary<string, string> parameters)
    {
        _source = source;
        ReadParameters(parameters);
        ReadOptions(source);
    }

    /// <summary>Takes the values of the code's parameters.</summary>
    /// <param name="parameters">Values by the parameter's name.</param>
    protected virtual void ReadParameters(IReadOnlyDictionary<string, string> parameters)
    {
    }

    private protected virtual void ReadOptions(IncomingPlacement source)
    {
    }
}

/// <summary>A placement whose options the specs describe.</summary>
/// <typeparam name="TOptions">The options.</typeparam>
public abstract class Bitrix24Placement<TOptions> : Bitrix24Placement
    where TOptions : Bitrix24Object, new()
{
    /// <summary>What the page was opened for.</summary>
    public TOptions Options { get; private set; } = new();

    private protected sealed override void ReadOptions(IncomingPlacement source) =>
        Options = IncomingReader.Read<TOptions>(source.Options, source.Code, mayLack: true);
}

/// <summary>A placement as it arrived, of whatever code.</summary>
public sealed class IncomingPlacement
{
    // Nothing the portal was opened for: the application's own page.
    internal const string Default = "DEFAULT";

    internal IncomingPlacement(JsonElement body, IncomingAuth auth, IncomingLimits limits)
    {
        Body = body;
        Auth = auth;
        Code = body.TextOf("PLACEMENT") ?? Default;
        Language = body.TextOf("LANG");
        (Options, OptionsProblem) = ReadOptions(body, limits);
    }

    /// <summary>The code: <c>CRM_DEAL_DETAIL_TAB</c>; <c>DEFAULT</c> for the application's own page.</summary>
    public string Code { get; }

    /// <inheritdoc cref="Bitrix24Placement.Auth"/>
    public IncomingAuth Auth { get; }

    /// <inheritdoc cref="Bitrix24Placement.Language"/>
    public string? Language { get; }

    /// <summary>What the page was opened for; undefined where nothing was given.</summary>
    public JsonElement Options { get; }

    /// <summary>Why the options could not be read; null: they could.</summary>
    public string? OptionsProblem { get; }

    /// <summary>The whole form and the query of the address; it holds tokens.</summary>
    public JsonElement Body { get; }

    /// <summary>The placement as a generated record.</summary>
    /// <typeparam name="T">The record.</typeparam>
    /// <exception cref="Bitrix24ProtocolException">The placement has another code, or options of another kind than the spec says.</exception>
    public T As<T>()
        where T : Bitrix24Placement, IIncomingType, new()
    {
        if (!PlacementPattern.TryMatch(T.Code, Code, out var parameters))
            throw IncomingReader.Wrong($"The placement is {IncomingReader.Quote(Code)}, not {T.Code}.");
        if (OptionsProblem is not null)
            throw IncomingReader.Wrong($"The options of {IncomingReader.Quote(Code)} cannot be read: {OptionsProblem}");
        var record = new T();
        record.ReadFrom(this, parameters);
        return record;
    }

    /// <summary>Names the placement, and no token.</summary>
    public override string ToString() => $"{IncomingReader.Quote(Code)} of {IncomingReader.Quote(Auth.MemberId)}";

    // A JSON text as a rule; nested parameters of the form where the portal posts them so.
    private static (JsonElement Options, string? Problem) ReadOptions(JsonElement body, IncomingLimits limits)
    {
        if (body.Member("PLACEMENT_OPTIONS") is not { } given)
            return default;
        if (given.ValueKind != JsonValueKind.String)
            return (given, null);
        // Some pages of portals send a word of their scripts where there are no options.
        if (given.GetString() is not { Length: > 0 } text || text.Trim('"') == "undefined")
            return default;
        try
        {
            using var document = JsonDocument.Parse(text, new() { MaxDepth = limits.MaxDepth });
            return (document.RootElement.Clone(), null);
        }
        catch (JsonException)
        {
            return (default, "PLACEMENT_OPTIONS is no JSON.");
        }
    }
}

/// <summary>Codes with parameters: <c>CRM_DYNAMIC_{entityTypeId}_DETAIL_TAB</c>.</summary>
internal static class PlacementPattern
{
    private static readonly Dictionary<string, string> None = [];

    /// <summary>Whether a code matches a pattern, and the values of its parameters. A parameter consists of letters and digits; at the end of a code, of any characters.</summary>
    public static bool TryMatch(string pattern, string code, out IReadOnlyDictionary<string, string> parameters)
    {
        var values = CodePattern.Match(pattern, code, static (_, character, isLast) => isLast || char.IsAsciiLetterOrDigit(character));
        parameters = values ?? None;
        return values is not null;
    }
}
