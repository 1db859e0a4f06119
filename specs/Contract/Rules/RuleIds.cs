#if BITRIX24_SPECS
namespace Bitrix24.Gen.Specs;
#else
namespace Bitrix24.Infrastructure;
#endif

/// <summary>The ids of diagnostics and violations, and the rule words that spec files use for them.</summary>
#if BITRIX24_SPECS
public
#else
internal
#endif
static class RuleIds
{
    /// <summary>Where the pages of the rules are published; a rule's page is its id with <c>.md</c>.</summary>
    public const string Pages = "https://github.com/bitrix24-gen/bitrix24-gen/blob/main/docs/rules/";

    public const string SpecNotJson = "B24001";
    public const string SpecShape = "B24002";
    public const string SpecReference = "B24003";
    public const string SpecConflict = "B24004";
    public const string SpecRule = "B24005";
    public const string SpecFlags = "B24006";
    public const string SpecName = "B24007";

    public const string UnknownSelection = "B24020";
    public const string ClientNotExtendable = "B24021";
    public const string TypeCollision = "B24022";
    public const string NoSelection = "B24023";
    public const string DuplicateType = "B24024";

    public const string UnknownMethod = "B24101";
    public const string UnknownField = "B24102";
    public const string Required = "B24103";
    public const string ReadOnly = "B24104";
    public const string Immutable = "B24105";
    public const string Type = "B24106";
    public const string Pattern = "B24107";
    public const string Range = "B24108";
    public const string Enum = "B24109";
    public const string Unique = "B24110";
    public const string Filter = "B24111";
    public const string Select = "B24112";
    public const string Order = "B24113";
    public const string Deprecated = "B24114";
    public const string Auth = "B24115";
    public const string Use = "B24116";
    public const string PageLimit = "B24117";
    public const string UnknownCode = "B24118";
    public const string Markup = "B24119";
    public const string Superseded = "B24120";
    public const string Operand = "B24121";
    public const string ScopeNotCovered = "B24122";
    public const string UnboundEvent = "B24123";

    public const string UnknownErrorCode = "B24201";

    public const string CallInLoop = "B24301";
    public const string SecretInSource = "B24302";
    public const string FirstPageOnly = "B24303";

    internal const string UniqueByPrefix = "uniqueBy.";
    private const string UniquePrefix = "unique.";

    private static readonly Dictionary<string, string> IdsByWord = new(StringComparer.Ordinal)
    {
        ["method"] = UnknownMethod,
        ["unknown"] = UnknownField,
        ["camelCase"] = UnknownField,
        ["spelled"] = UnknownField,
        ["misplaced"] = UnknownField,
        ["spread"] = UnknownField,
        ["required"] = Required,
        ["requiredIf"] = Required,
        ["oneOf"] = Required,
        ["mustName"] = Required,
        ["readOnly"] = ReadOnly,
        ["immutable"] = Immutable,
        ["type"] = Type,
        ["date"] = Type,
        ["day"] = Type,
        ["summable"] = Type,
        ["pattern"] = Pattern,
        ["address"] = Pattern,
        ["minLength"] = Range,
        ["maxLength"] = Range,
        ["min"] = Range,
        ["max"] = Range,
        ["minItems"] = Range,
        ["maxItems"] = PageLimit,
        ["enum"] = Enum,
        ["instead"] = Use,
        ["uniqueBy"] = Unique,
        ["operator"] = Filter,
        ["logic"] = Filter,
        ["condition"] = Filter,
        ["property"] = Filter,
        ["filterable"] = Filter,
        ["selectable"] = Select,
        ["sortable"] = Order,
        ["direction"] = Order,
        ["operand"] = Operand,
        ["markup"] = Markup,
        ["deprecated"] = Deprecated,
        ["superseded"] = Superseded,
        ["auth"] = Auth,
        ["batch"] = Auth,
        ["use"] = Use,
    };

    private static readonly HashSet<string> StateWords = new(StringComparer.Ordinal)
    {
        "unique", "reference", "restrict", "verify", "notFound",
    };

    /// <summary>The words of rules that a request can be checked by alone.</summary>
    public static IReadOnlyCollection<string> Words => IdsByWord.Keys;

    /// <summary>The words of rules that only the server, or the emulator, can check: they need the portal's records.</summary>
    public static IReadOnlyCollection<string> ServerWords => StateWords;

    /// <summary>The id of a rule word; <c>uniqueBy.name</c> counts as <c>uniqueBy</c>. Null: no such rule, or one of <see cref="ServerWords"/>.</summary>
    public static string? ForWord(string word)
    {
        if (word.StartsWith(UniqueByPrefix, StringComparison.Ordinal) && word.Length > UniqueByPrefix.Length)
            return Unique;
        return IdsByWord.TryGetValue(word, out var id) ? id : null;
    }

    /// <summary>How much what breaks a rule weighs, where its source is good.</summary>
    public static RuleSeverity SeverityOf(string id) => id switch
    {
        SpecFlags or NoSelection or UnknownField or Select or Deprecated or UnknownCode or Markup or ScopeNotCovered or UnknownErrorCode or SecretInSource => RuleSeverity.Warning,
        CallInLoop or FirstPageOnly or Superseded or Operand or UnboundEvent => RuleSeverity.Info,
        _ => RuleSeverity.Error,
    };

    /// <summary>Whether a spec may name an error code for this word.</summary>
    public static bool IsWord(string word) =>
        StateWords.Contains(word) || ForWord(word) is not null
        || (word.StartsWith(UniquePrefix, StringComparison.Ordinal) && word.Length > UniquePrefix.Length);
}
