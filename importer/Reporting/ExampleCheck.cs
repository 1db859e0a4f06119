using Bitrix24.Gen.Importer.Examples;
using Bitrix24.Gen.Importer.Methods;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Reporting;

/// <summary>A documented example and what the specs say against it.</summary>
/// <param name="Strict">It was JSON as it stood.</param>
/// <param name="Violations">Words in place of values, such as <c>your_id</c>, break nothing: what they stand for is unknown.</param>
public sealed record CheckedExample(MethodDoc Method, bool IsRequest, int Line, bool Strict, IReadOnlyList<SpecViolation> Violations)
{
    /// <summary>A request of a JavaScript or PHP example.</summary>
    public bool FromCode { get; init; }

    /// <summary>It has words where the specs want other values.</summary>
    public bool HasPlaceholders { get; init; }

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
                all.Add(Request(set, spec, method, request));
            foreach (var request in method.CodeRequests.Where(r => MethodReader.Matches(r, method)))
                all.Add(Request(set, spec, method, request) with { FromCode = true });
            foreach (var response in method.Responses.Where(static r => r is { Root: not null, IsError: false }))
                all.Add(new CheckedExample(method, false, response.Line, response.Strict, SpecValidator.ValidateResponse(set, spec, response.Root!)));
        }

        return all;
    }

    private static CheckedExample Request(SpecSet set, MethodSpec spec, MethodDoc method, RequestExample request)
    {
        var known = Placeholders.Forget(request.Parameters!);
        return new CheckedExample(method, true, request.Line, request.Strict, SpecValidator.Validate(set, spec, known))
        {
            HasPlaceholders = !ReferenceEquals(known, request.Parameters) && SpecValidator.Validate(set, spec, request.Parameters).Any(static v => v.Severity == RuleSeverity.Error),
        };
    }
}
