using System.Linq;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Bitrix24.Gen.Analyzers.Calls;

/// <summary>B24303: a list method is called once, without saying which page.</summary>
internal static class FirstPageRule
{
    private static readonly string[] PageParameters = ["start", "page", "offset", "pagination", "cursor", "limit", "navigation"];

    public static bool Applies(ApiCall call, MethodSpec method, JsonNode? parameters)
    {
        if (method.Paging == Paging.None || method.Operation is not (Operation.List or Operation.Search)
            || call.Form == CallForm.Typed || call.Operation.TargetMethod.Name == "SendForResponseAsync")
        {
            return false;
        }

        return parameters is null or JsonNull
            || (parameters is JsonObject given && IsComplete(call, given)
                && !given.Properties.Any(static p => PageParameters.Contains(p.Name, StringComparer.OrdinalIgnoreCase) && !IsFirstPage(p))
                && !AsksForOne(given));
    }

    /// <summary>A start that is always 0 asks for the first page, as no start does.</summary>
    private static bool IsFirstPage(JsonProperty property) =>
        property.Name.Equals("start", StringComparison.OrdinalIgnoreCase)
        && property.Value is JsonNumber { Text: "0" } or JsonString { Value: "0" };

    /// <summary>All members are listed: in a raw call where the object is known, in a request where it is made right there.</summary>
    private static bool IsComplete(ApiCall call, JsonObject parameters) =>
        call.Form == CallForm.Request || !parameters.Partial;

    /// <summary>A filter by id finds one record at most: the first page is all.</summary>
    private static bool AsksForOne(JsonObject parameters) =>
        parameters.Find("filter")?.Value is { } filter
        && (filter is not JsonObject conditions || conditions.Partial
            || conditions.Properties.Any(static p => p.Name.TrimStart('=', '@').Equals("id", StringComparison.OrdinalIgnoreCase)));

    /// <summary>The call stands in a loop, which may well be over pages.</summary>
    public static bool IsInLoop(SyntaxNode node) =>
        node.Ancestors()
            .TakeWhile(static n => n is not (MemberDeclarationSyntax or LocalFunctionStatementSyntax) or GlobalStatementSyntax)
            .Any(static n => n is ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax);
}
