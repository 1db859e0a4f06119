using System.Text.RegularExpressions;

namespace Bitrix24.Gen.Specs.Tests.Sweep;

/// <summary>A field whose name says that it is an id, a moment or a flag is of that type, or the reason why not is in <c>exceptions.tsv</c>.</summary>
public partial class TypeSweepTests
{
    [Fact]
    public void Id_IsANumber() => SweepExceptions.AssertCover("id", Fields(IdName()).Where(static f => !CodeName().IsMatch(f.Field.Name) && f.Kinds.All(static k => k == TypeKind.String)));

    [Fact]
    public void Moment_IsADate() => SweepExceptions.AssertCover("moment", Fields(MomentName()).Where(static f => !f.Kinds.Any(static k => k is TypeKind.Date or TypeKind.DateTime)));

    [Fact]
    public void Flag_IsABoolean() => SweepExceptions.AssertCover("flag", Fields(FlagName()).Where(static f => !f.Kinds.Any(static k => k is TypeKind.YesNo or TypeKind.Bool)));

    // Within select and order the type of a field is of no use; a field with a list of values is a code.
    private static IEnumerable<PlacedField> Fields(Regex name) =>
        SpecFields.All.Where(f => name.IsMatch(f.Field.Name) && f.Field.Enum.Count == 0 && !QueryType().IsMatch(f.Path) && f.Use != FieldUse.None);

    [GeneratedRegex(@"(^|_)ID$|^id$|[a-z]I[dD]$|_id$", RegexOptions.NonBacktracking)]
    private static partial Regex IdName();

    // Ids that are words: of other systems, of modules and applications, of statuses, currencies and languages, of files of code.
    [GeneratedRegex(
        @"(xml|external|origin(ator)?|dialog|entity|status|stage|semantic|source|type|currency|site|lang|language|module|provider|call|session|code|app|document|workflow|guid|key|client|connector"
        + @"|category|item|feature|handler|token|template|icon|field|property|auth|attach|background|bot_code|process|request|network|public)_?ids?$",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex CodeName();

    [GeneratedRegex(@"(^|_)DATE(_(FROM|TO|START|END|FINISH|CREATE|MODIFY|UPDATE|INSERT|PUBLIC|REGISTER|ACTIVITY|CLOSE))?$|^TIMESTAMP_X$|_AT$|[a-z]At$|[a-z]Date$|^date[A-Z][A-Za-z]*$|(^|[a-z])(created|updated|moved)Time$",
        RegexOptions.NonBacktracking)]
    private static partial Regex MomentName();

    [GeneratedRegex(
        @"^(is|has|can|allow|IS|HAS|CAN|ALLOW)_|^(is|has|can|allow)[A-Z]"
        + @"|^(active|deleted|required|multiple|mandatory|locked|hidden|closed|visible|opened|ACTIVE|DELETED|REQUIRED|MULTIPLE|MANDATORY|LOCKED|HIDDEN|CLOSED|VISIBLE|OPENED)$",
        RegexOptions.NonBacktracking)]
    private static partial Regex FlagName();

    [GeneratedRegex(@"(Select|Order|Sort)\d*(Value)?\.", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex QueryType();
}
