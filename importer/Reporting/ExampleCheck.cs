using Bitrix24.Gen.Importer.Examples;
using Bitrix24.Gen.Importer.Methods;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Reporting;

/// <summary>A documented example and what the specs say against it.</summary>
/// <param name="Strict">It was JSON as it stood.</param>
public sealed record CheckedExample(MethodDoc Method, bool IsRequest, int Line, bool Strict, JsonNode Body, IReadOnlyList<SpecViolation> Violations)
{
    /// <summary>It fails, but only where it has words in place of values: it contradicts nothing.</summary>
    public bool FailsByPlaceholders => Fails && Violations.All(v => v is { Rule: "type" or "pattern" or "enum" } ? Placeholders.At(Body, v.Path) : IsRequest && v.Severity != RuleSeverity.Error);

    /// <summary>A server would certainly refuse it (a request), or the answer does not fit (a response).</summary>
    public bool Fails => IsRequest ? Violations.Any(static v => v.Severity == RuleSeverity.Error) : Violations.Count > 0;
}

/// <summary>Holds the documentation's own examples against the imported specs.</summary>
public static class ExampleCheck
{
    public static IReadOnlyList<CheckedExample> Run(SpecSet set, IReadOnlyList<MethodDoc> methods)
    {
        var all = new List<CheckedExample>();
        foreach (var method in methods)
        {
            if (set.FindMethod(method.Name, method.Api) is not { } spec)
                continue;
            foreach (var request in method.Requests.Where(r => r.Parameters is not null && MethodReader.Matches(r, method)))
                all.Add(new CheckedExample(method, true, request.Line, request.Strict, request.Parameters!, SpecValidator.Validate(set, spec, request.Parameters)));
            foreach (var response in method.Responses.Where(static r => r is { Root: not null, IsError: false }))
                all.Add(new CheckedExample(method, false, response.Line, response.Strict, response.Root!, SpecValidator.ValidateResponse(set, spec, response.Root!)));
        }

        return all;
    }
}
