using Bitrix24.Gen.Specs.Contract;

namespace Bitrix24.Gen.Specs;

/// <summary>What a code names.</summary>
public enum CodeKind
{
    Event,
    Placement,
}

/// <summary>How the request of a callback travels.</summary>
public enum CallbackBody
{
    /// <summary>As a form in PHP's nested notation.</summary>
    Form,

    /// <summary>As JSON.</summary>
    Json,
}

/// <summary>An event that a portal sends.</summary>
public sealed record EventSpec
{
    /// <summary>The code, in upper case: <c>ONCRMDEALADD</c>.</summary>
    public required string Code { get; init; }

    /// <summary>Base name of the file that defines it.</summary>
    public required string File { get; init; }

    /// <summary>The code as the documentation spells it, with its words apart: <c>onCrmDealAdd</c>.</summary>
    public string? Name { get; init; }

    /// <summary>The scope that an application needs to bind it; null: that of the file.</summary>
    public string? Scope { get; init; }

    /// <summary>What <c>data</c> holds; null: nothing, or nobody describes it.</summary>
    public TypeRef? Data { get; init; }

    public bool Deprecated { get; init; }

    public string? Docs { get; init; }

    public string? CSharpName { get; init; }

    public string? Description { get; init; }
}

/// <summary>A point in a portal where an application shows a page.</summary>
public sealed record PlacementSpec
{
    /// <summary>The code; <c>{name}</c> stands for a parameter: <c>CRM_DYNAMIC_{entityTypeId}_DETAIL_TAB</c>.</summary>
    public required string Code { get; init; }

    /// <summary>Base name of the file that defines it.</summary>
    public required string File { get; init; }

    /// <summary>The scope that an application needs beside <c>placement</c>; null: that of the file.</summary>
    public string? Scope { get; init; }

    /// <summary>What the page is opened with (PLACEMENT_OPTIONS).</summary>
    public TypeRef? Options { get; init; }

    /// <summary>The method that registers it, where that is not <c>placement.bind</c>.</summary>
    public string? Method { get; init; }

    /// <summary>The parameter of <see cref="Method"/> that has the address.</summary>
    public string? Field { get; init; }

    /// <summary>What an application may say when it registers the placement (OPTIONS of <c>placement.bind</c>).</summary>
    public TypeRef? BindOptions { get; init; }

    public bool Deprecated { get; init; }

    public string? Docs { get; init; }

    public string? CSharpName { get; init; }

    public string? Description { get; init; }

    /// <summary>The names of the code's parameters, in their order.</summary>
    public IEnumerable<string> Parameters => PlacementCodes.Parameters(Code);
}

/// <summary>A call that a portal makes to an address which an application gave.</summary>
public sealed record CallbackSpec
{
    /// <summary>What it is called in code: <c>biconnector.connector.urlData</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Base name of the file that defines it.</summary>
    public required string File { get; init; }

    /// <summary>The record type whose field has the address.</summary>
    public TypeRef? Of { get; init; }

    /// <summary>The method that registers the address.</summary>
    public string? Method { get; init; }

    /// <summary>The field of <see cref="Of"/>, or the dotted path in the parameters of <see cref="Method"/>, that has the address.</summary>
    public string? Field { get; init; }

    /// <summary>How the request travels.</summary>
    public CallbackBody Body { get; init; }

    /// <summary>The request has <c>auth</c> with the application token, as events have.</summary>
    public bool Signed { get; init; }

    /// <summary>Seconds after which the portal stops waiting for the answer.</summary>
    public int? Timeout { get; init; }

    /// <summary>The member of the request that <see cref="Reply"/> gives back.</summary>
    public string? Token { get; init; }

    /// <summary>The method that the application calls with the outcome.</summary>
    public string? Reply { get; init; }

    /// <summary>What the portal sends.</summary>
    public TypeRef? Request { get; init; }

    /// <summary>What the application answers.</summary>
    public ResultSpec? Result { get; init; }

    /// <summary>What is answered in place of a wrong answer, or when the handler fails; null: status 500.</summary>
    public CallbackFailure? Failure { get; init; }

    /// <summary>The answer as a whole, as the one field of an envelope; null: any answer will do.</summary>
    public FieldSpec? Answer => Result is { } result ? new() { Name = "answer", Type = result.Type, Required = !result.Nullable } : null;

    public string? Docs { get; init; }

    public string? CSharpName { get; init; }

    public string? Description { get; init; }
}

/// <summary>How an application tells a portal that it failed.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The answer as JSON; null: it is empty.</param>
public sealed record CallbackFailure(int Status, string? Body)
{
    /// <summary>The status of an answer that the portal reads.</summary>
    internal const int Taken = 200;
}

/// <summary>Codes of placements, some of which have parameters.</summary>
public static class PlacementCodes
{
    /// <summary>The names of a code's parameters, in their order.</summary>
    public static IEnumerable<string> Parameters(string code)
    {
        for (var open = code.IndexOf('{'); open >= 0; open = code.IndexOf('{', open + 1))
        {
            var close = code.IndexOf('}', open);
            if (close < 0)
                yield break;
            yield return code.Substring(open + 1, close - open - 1);
        }
    }

    /// <summary>Whether a portal's code is the documented one, or one that its pattern stands for.</summary>
    // The documentation writes XXX where the number of a type stands.
    public static bool Matches(string pattern, string code) => CodePattern.Match(pattern, code, static (parameter, character, isLast) =>
        parameter.EndsWith("Id", StringComparison.Ordinal) ? char.IsDigit(character) : isLast || char.IsLetterOrDigit(character)) is not null;
}
