using Bitrix24.Gen.Importer.Examples;
using Bitrix24.Gen.Importer.Pages;
using Bitrix24.Gen.Importer.Reporting;
using Bitrix24.Gen.Importer.Shapes;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Methods;

/// <summary>Everything that one page says of one method.</summary>
public sealed class MethodDoc
{
    public required DocPage Page { get; init; }

    public required string Name { get; init; }

    public required PageFacts Facts { get; init; }

    public string Api => Facts.V3 ? SpecSelector.V3Api : SpecSelector.DefaultApi;

    /// <summary>The prefix of its name, which names the spec file.</summary>
    public string File => Name.Contains('.', StringComparison.Ordinal) ? Name[..Name.LastIndexOf('.')] : Name;

    /// <summary>The last word of its name.</summary>
    public string Verb => Name[(Name.LastIndexOf('.') + 1)..];

    public Operation Operation { get; set; }

    /// <summary>Its name reads, but it changes something as well.</summary>
    public bool Changes { get; set; }

    public required ObjectShape Params { get; init; }

    /// <summary>What the method answers; null when the page does not tell.</summary>
    public Shape? Result { get; set; }

    /// <summary>Where the value stands inside <c>result</c>.</summary>
    public string? ResultAt { get; set; }

    public bool ResultNullable { get; set; }

    /// <summary>A successful answer carries nothing.</summary>
    public bool NoResult { get; set; }

    public Paging Paging { get; set; }

    public required IReadOnlyList<RequestExample> Requests { get; init; }

    /// <summary>Calls with literal parameters in JavaScript and PHP.</summary>
    public IReadOnlyList<RequestExample> CodeRequests { get; init; } = [];

    public required IReadOnlyList<ResponseExample> Responses { get; init; }

    public required IReadOnlyList<ErrorSpec> Errors { get; init; }

    public required int ErrorRows { get; init; }

    public required int ErrorRowsUsed { get; init; }

    /// <summary>What the API itself says of fields, in a documented answer.</summary>
    public ObjectShape? FieldFlags { get; set; }

    public required RowTally Tally { get; init; }

    public string? Replacement { get; set; }
}
