using System.Text.RegularExpressions;
using Bitrix24.Gen.Importer.Pages;
using Bitrix24.Gen.Importer.Shapes;

namespace Bitrix24.Gen.Importer.Methods;

/// <summary>Parameters that the server itself calls required, on the method's own page: "Could not find value for parameter {id}".</summary>
internal static partial class RequiredWords
{
    public static void Apply(MethodDoc doc)
    {
        foreach (var cell in ErrorTables.Cells(doc.Page))
        {
            // "one of `A` or `B`" requires neither; "`A` is not provided as an object" speaks of its form, "not provided and `B` is" of some calls.
            if (OneOfPattern().IsMatch(cell))
                continue;
            foreach (Match match in NamePattern().Matches(cell))
            {
                foreach (var name in match.Groups["names"].Value.Split([',', ' ', '`', '\'', '"', '{', '}'], StringSplitOptions.RemoveEmptyEntries))
                    Require(doc, name);
            }
        }
    }

    private static void Require(MethodDoc doc, string name)
    {
        if (Find(doc, name) is not { Required: false, ReadOnly: false, Default: null, OneOf.Count: 0, RequiredIf: null, Nullable: false, Listed: true } member)
            return;
        member.Required = true;
        doc.Tally.Flag("required", "error text");
    }

    private static Member? Find(MethodDoc doc, string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0 && doc.Params.FindLoose(name) is { } parameter)
            return parameter;
        // Of an update the record's identifier is required; its fields are those that change. What other objects need, they need if they are given.
        if (doc.Operation != Specs.Operation.Add || (dot >= 0 && !name[..dot].Equals(Fields, StringComparison.OrdinalIgnoreCase)))
            return null;
        return (doc.Params.FindLoose(Fields)?.Shape as ObjectShape)?.FindLoose(name[(dot + 1)..]);
    }

    private const string Fields = "fields";
    private const string Name = @"[`'""{]{1,2}[A-Za-z_][\w.]*[`'""}]{1,2}";
    private const string Names = $"(?<names>{Name}(, ?{Name})*)";
    private const string Absent = @"(is |are |was |were |has |have )?(missing|absent|required|not (been )?(provided|passed|specified|given|filled))";

    [GeneratedRegex(
        $@"\b(required|mandatory) (parameters?|fields?|arguments?) {Names} {Absent}|\b(parameters?|fields?|arguments?) {Names} {Absent}" +
        $@"|{Names} (parameter|field|argument) {Absent}|\bcould not find value for parameter (?<names>\{{\w+\}})" +
        $@"|\brequired fields: (?<names>`?\w+`?(, `?\w+`?)*)\W*$|^\W*{Names} {Absent}\W*$",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex NamePattern();

    [GeneratedRegex(
        @"\b(one of|either|neither|at least one|any of|both)\b|`[ ,]* (or|and/or) [^`]{0,20}`|\bif\b.*\b(then|only)\b|\bfor (webhook|server)|\b(provided|passed|specified"
        + @"|given) as\b|\b(provided|passed|specified|given),? (and|when|if|while)\b", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex OneOfPattern();
}
