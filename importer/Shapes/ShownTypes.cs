using System.Text.RegularExpressions;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Shapes;

/// <summary>
/// The types of what a table calls text and an answer shows to be something else, where the name agrees with the example: an id, a moment,
/// a flag, an amount.
/// </summary>
internal static partial class ShownTypes
{
    /// <summary>The type that name and example agree on; null: it is text.</summary>
    public static Shape? Of(string name, ScalarShape shown) => shown.Kind switch
    {
        TypeKind.Long when ExampleShape.IsJoinedIdName(name) && !CodePattern().IsMatch(name) => shown,
        TypeKind.Date or TypeKind.DateTime when IsMoment(name) => Shape.Scalar(TypeKind.DateTime),
        TypeKind.YesNo when FlagPattern().IsMatch(name) => shown,
        TypeKind.Int or TypeKind.Long or TypeKind.Decimal when NumberNames.IsAmount(name) => Shape.Scalar(TypeKind.Decimal),
        TypeKind.String when ReferenceEquals(shown, Shape.NumericText) && NumberNames.IsAmount(name) => Shape.Scalar(TypeKind.Decimal),
        TypeKind.String when ReferenceEquals(shown, Shape.NumericText) && NumberNames.IsWide(name) && !CodePattern().IsMatch(name) => Shape.Scalar(TypeKind.Long),
        _ => null,
    };

    /// <summary>Types what answers show as null or false only, where the name leaves no doubt: <c>datePaid: null</c>.</summary>
    public static void NameEmpty(Shape? answer)
    {
        var seen = new HashSet<ObjectShape>(ReferenceEqualityComparer.Instance);
        Visit(answer);

        void Visit(Shape? shape)
        {
            if (shape?.Innermost is not ObjectShape obj || !seen.Add(obj))
                return;
            foreach (var member in obj.Members)
            {
                if (!member.Declared && (ReferenceEquals(member.Shape, Shape.Nothing) || ReferenceEquals(member.Shape, Shape.FalseValue)) && OfName(member.Name) is { } named)
                    (member.Shape, member.Nullable) = (named, true);
                else
                    Visit(member.Shape);
            }
        }
    }

    /// <summary>The type of a field of which nothing but its name is known; null: the name does not tell.</summary>
    public static ScalarShape? OfName(string name) =>
        DatePattern().IsMatch(name) ? Shape.DateTime
        : RecordIdPattern().IsMatch(name) ? Shape.Long
        : CamelFlagPattern().IsMatch(name) ? Shape.Bool
        : null;

    [GeneratedRegex(
        @"(^|_|[a-z])(user|responsible|iblock|section|product|topic|chat|department|group|company|contact|deal|lead|order|file|message|collab|parent)_?id$"
        + @"|^emp[A-Z]\w*Id$|^(marked|unread|last)Id$",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex RecordIdPattern();

    [GeneratedRegex(
        @"(^|_)DATE(_(FROM|TO|START|END|FINISH|CREATE|MODIFY|UPDATE|INSERT|CHECK))?$|^date([A-Z][a-z]+)?(Paid|[a-z]ed|From|To|Create|Modify|Delivery|Refresh|Before)$|[a-z]Date$|[a-z]At$"
        + "|[a-z]_date$|^(absent|idle)$",
        RegexOptions.NonBacktracking)]
    private static partial Regex DatePattern();

    // Upper case names are flags of one letter as often as not.
    [GeneratedRegex("^(is|has)[A-Z]", RegexOptions.NonBacktracking)]
    private static partial Regex CamelFlagPattern();

    /// <summary>Whether the name is that of a flag.</summary>
    public static bool IsFlag(string name) => FlagPattern().IsMatch(name);

    /// <summary>Whether the name is that of a moment.</summary>
    public static bool IsMoment(string name) => MomentPattern().IsMatch(name) || DatePattern().IsMatch(name);

    // What other systems, modules and portals name, and ids that are words for some records.
    [GeneratedRegex(
        @"(xml|external|origin(ator)?|dialog|entity|status|stage|source|type|currency|site|lang|language|module|provider|call|session|code|app|document|workflow|guid|key|client|connector|bot_code"
        + @"|category|item|feature|section_code|handler|token|template|icon|field|property)_?ids?$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex CodePattern();

    [GeneratedRegex(
        @"(^|_|[a-z])(date|time|deadline|timestamp_x|activity|expires?)(_?(create|insert|modify|from|to|start|end|public|update)d?)?$|[a-z]At$|_at$",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex MomentPattern();

    [GeneratedRegex(
        @"^(is|has|can|allow|use|send|enable|have|IS|HAS|CAN|ALLOW|USE|SEND|ENABLE|HAVE)_|^(is|has|can|allow|use|send|enable|have)[A-Z]"
        + @"|^(active|ACTIVE|opened|OPENED|deleted|DELETED|enabled|ENABLED|required|REQUIRED|multiple|MULTIPLE|mandatory|MANDATORY"
        + @"|locked|LOCKED|public|PUBLIC|hidden|HIDDEN|closed|CLOSED|visible|VISIBLE)$",
        RegexOptions.NonBacktracking)]
    private static partial Regex FlagPattern();
}
