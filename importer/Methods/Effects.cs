using System.Text.RegularExpressions;
using Bitrix24.Gen.Importer.Markdown;
using Bitrix24.Gen.Importer.Pages;
using Bitrix24.Gen.Importer.Shapes;

namespace Bitrix24.Gen.Importer.Methods;

/// <summary>
/// Finds methods that change something although their names read: sent again, they would do it twice. A read taken for a
/// write is only slower, so a hint is enough.
/// </summary>
internal static partial class Effects
{
    public static bool Show(DocPage page, string methodName, ObjectShape parameters)
    {
        var segments = methodName.Split('.');
        return (segments.Length > 1 && ActingSegmentPattern().IsMatch(segments[^2]))
            || CleaningPattern().IsMatch(page.Title)
            || page.Root.Blocks.OfType<Paragraph>().Select(static p => Inline.PlainText(p.Text)).Any(text => ActingPattern().IsMatch(text) || SideEffectPattern().IsMatch(text))
            || parameters.Members.Exists(static m => m.Shape is ScalarShape && (CleaningPattern().IsMatch(m.Name) || SwitchPattern().IsMatch(m.Description ?? "")));
    }

    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.IgnoreCase;

    private const string Acts =
        "marks|deletes|clears|removes|creates|generates|sends|adds|updates|changes|moves|registers|starts|stops|resets|confirms|saves|binds|unbinds|closes|opens|runs|launches|executes";

    // "x.read.list" marks a list as read.
    [GeneratedRegex("^(read|unread|mark|delete|remove|clear|set|add|update|send|move|pin|unpin)$", Options)]
    private static partial Regex ActingSegmentPattern();

    [GeneratedRegex(@"^clear$|^cleanup$|\b(with|and) (cleanup|clean-up|cleaning|clearing|deletion|removal)\b", Options)]
    private static partial Regex CleaningPattern();

    [GeneratedRegex($@"^(the )?([\w.]+\.[\w.]+ )?(method |this method )([\w.]+\.[\w.]+ )?(also )?({Acts})\b|^[\w]+\.[\w.]+ ({Acts})\b", Options)]
    private static partial Regex ActingPattern();

    [GeneratedRegex(
        @"\b(if|when) (it|they|there|the \w+) (does|do|is|are|was|has)(n't| not| no)[^.]{0,60}\b(creat|generat)|\bcreates? (it|them|one|a new)\b|\b(is|are) (then |also "
        + @"|automatically )?(marked|deleted|removed|cleared) (from|as|after)\b", Options)]
    private static partial Regex SideEffectPattern();

    [GeneratedRegex(@"\b(whether|flag|option)\b[^.]{0,30}\bto (delete|clear|remove|mark|create|confirm)\b|^confirms\b|^marks\b|^deletes\b", Options)]
    private static partial Regex SwitchPattern();
}
