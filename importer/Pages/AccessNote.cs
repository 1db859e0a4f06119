using System.Text.RegularExpressions;
using Bitrix24.Gen.Importer.Markdown;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Pages;

/// <summary>Reads the line that says who may call a method: <c>Who can execute the method: any user</c>.</summary>
internal static partial class AccessNote
{
    /// <summary>Who may; null where it depends, is said in a way that is not known, or not at all.</summary>
    public static Access? Read(DocPage page)
    {
        foreach (var quote in page.Sections.SelectMany(static s => s.Blocks).OfType<Quote>())
        {
            if (LinePattern().Match(Inline.PlainText(quote.Text)) is { Success: true } match)
                return Of(match.Groups["who"].Value.Trim().TrimEnd('.'));
        }

        return null;
    }

    internal static Access? Of(string who)
    {
        if (who.Length == 0 || DependsPattern().IsMatch(who))
            return null;
        if (AnyonePattern().IsMatch(who))
            return Access.User;
        if (ApplicationPattern().IsMatch(who))
            return Access.Application;
        if (SectionPattern().IsMatch(who))
            return Access.SectionAdministrator;
        if (AdministratorPattern().IsMatch(who))
            return Access.Administrator;
        if (PermissionPattern().IsMatch(who))
            return Access.Permission;
        return ParticipantPattern().IsMatch(who) ? Access.Participant : null;
    }

    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.IgnoreCase;

    [GeneratedRegex(@"who can (execute|perform|call) (the|this) method:[ \t]*(?<who>[^\n]*)", Options)]
    private static partial Regex LinePattern();

    [GeneratedRegex(@"\bdepend(s|ing)?\b|:$", Options)]
    private static partial Regex DependsPattern();

    [GeneratedRegex(@"^((any|an?) )?(authorized |authenticated |intranet |registered )?users?(, except bots| of the (portal|account))?$|^anyone$|^all users$", Options)]
    private static partial Regex AnyonePattern();

    [GeneratedRegex(@"\bregistered (the )?(chat )?bot\b|\bowner of the registered bot\b|\bapplication (that|which)\b", Options)]
    private static partial Regex ApplicationPattern();

    [GeneratedRegex(
        @"\b(CRM|store|shop|online store|catalog|section) (administrator|manager)\b|\badministrator CRM\b|\badministrative access to (the )?(\w+ )?section\b"
        + @"|\bCRM administrator rights\b", Options)]
    private static partial Regex SectionPattern();

    // "Administrator or the author": more than administrators.
    [GeneratedRegex(@"^(only )?(an? |the )?(portal |account |Bitrix24 )?administrators?( of the (portal|account)| only)?$|^(a )?user with administrator (rights|permissions)$", Options)]
    private static partial Regex AdministratorPattern();

    [GeneratedRegex(@"\b(permissions?|access|rights?|allowed)\b", Options)]
    private static partial Regex PermissionPattern();

    [GeneratedRegex(@"\b(participants?|owner|author|creator|members?|responsible|recipient)\b", Options)]
    private static partial Regex ParticipantPattern();
}
