using System.Linq;

namespace Bitrix24.Gen.Specs;

/// <summary>The keys that one kind of object in a spec file may have.</summary>
public sealed class KeyTable
{
    private readonly HashSet<string> _keys;

    internal KeyTable(string name, string label, string keys)
    {
        Name = name;
        Label = label;
        Keys = ("comment " + keys).Split(' ');
        _keys = new(Keys, StringComparer.Ordinal);
    }

    /// <summary>The name, which the JSON Schema uses as well.</summary>
    public string Name { get; }

    /// <summary>The kind of object in words: <c>a field</c>.</summary>
    public string Label { get; }

    /// <summary>The keys, in the order in which they are written.</summary>
    public IReadOnlyList<string> Keys { get; }

    internal bool Contains(string key) => _keys.Contains(key);
}

/// <summary>Every key of the spec format: the one table behind reader, schema and documentation.</summary>
public static class SpecKeys
{
    private const string Rules =
        "enum pattern minLength maxLength min max minItems maxItems uniqueBy default format";

    internal const string FilterConditions = "conditions";

    public static KeyTable File { get; } = new("file", "a spec file",
        "$schema api overlay scope docs nameCase queryCase failure profile messages types methods events placements callbacks templates entities");

    public static KeyTable Failure { get; } = new("failure", "\"failure\"", "envelope status");

    public static KeyTable ObjectType { get; } = new("objectType", "a type",
        "csharp description docs open undescribed input fields builders errors");

    public static KeyTable ScalarType { get; } = new("scalarType", "a scalar type",
        "csharp description docs type " + Rules + " errors");

    public static KeyTable Field { get; } = new("field", "a field",
        "type list fields open undescribed guessed as aliases in required readOnly immutable multiple nullable answered deprecated "
        + "filterable sortable selectable fixed weak " + Rules + " labels hints wire unique requiredIf oneOf logic use call instead markup address separator mustName references with codes server "
        + "csharp description errors");

    public static KeyTable RequiredIf { get; } = new("requiredIf", "\"requiredIf\"", "field values");

    public static KeyTable NestedCall { get; } = new("nestedCall", "\"call\"", "method key params");

    public static KeyTable Markup { get; } = new("markup", "\"markup\"", "root phrases data");

    public static KeyTable RuleError { get; } = new("ruleError", "the error of a rule", "code message");

    public static KeyTable Method { get; } = new("method", "a method",
        "operation calls scope http docs csharp description deprecated superseded replacement auth access batchable idempotency of items key verify "
        + "params openParams positional paging pageSize result noResult errors ruleErrors order");

    public static KeyTable Result { get; } = new("result", "\"result\"", "type list fields open undescribed at nullable wire");

    public static KeyTable Event { get; } = new("event", "an event", "name scope docs csharp description deprecated data");

    public static KeyTable Placement { get; } = new("placement", "a placement", "scope docs csharp description deprecated method field options bindOptions");

    public static KeyTable Callback { get; } = new("callback", "a callback", "docs csharp description of method field body signed timeout token reply request result failure");

    public static KeyTable CallbackFailure { get; } = new("callbackFailure", "the \"failure\" of a callback", "status body");

    public static KeyTable Payload { get; } = new("payload", "what is sent", "type list fields open undescribed");

    public static KeyTable Builder { get; } = new("builder", "a builder", "to in args set");

    public static KeyTable Error { get; } = new("error", "an error", "message status");

    public static KeyTable Profile { get; } = new("profile", "\"profile\"",
        "title docs client envelope nameCase partial answerNameCase looseTypes camelCaseFields modules filterForm filterOperators filterKeys orderDirections orderForms "
        + "commonParams undocumentedMethods pageSize batch batchLimit rateLimits tokenHosts naming errors ruleErrors");

    public static KeyTable Module { get; } = new("module", "a module", "nameCase queryCase positional files");

    public static KeyTable Envelope { get; } = new("envelope", "\"envelope\"", "style result error");

    public static KeyTable Batch { get; } = new("batch", "\"batch\"", "method form param");

    public static KeyTable RateLimit { get; } = new("rateLimit", "a rate limit", "capacity perSecond requests seconds path");

    public static KeyTable Template { get; } = new("template", "a template", "methods");

    public static KeyTable Entity { get; } = new("entity", "an entity", "docs template type path params except");

    /// <summary>All tables.</summary>
    public static IReadOnlyList<KeyTable> All { get; } =
    [
        File, Failure, ObjectType, ScalarType, Field, RequiredIf, NestedCall, Markup, RuleError, Method, Result, Event, Placement, Callback, CallbackFailure, Payload, Builder, Error, Profile, Module,
        Envelope, Batch, RateLimit, Template, Entity,
    ];

    /// <summary>The words of an enumeration of the model as spec files write them, with their values.</summary>
    internal static IReadOnlyDictionary<string, T> Words<T>()
        where T : struct, Enum => WordTable<T>.Words;

    /// <summary>How spec files write a value of an enumeration.</summary>
    internal static string Word<T>(T value)
        where T : struct, Enum
    {
        var name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name.Substring(1);
    }

    private static class WordTable<T>
        where T : struct, Enum
    {
        public static Dictionary<string, T> Words { get; } =
            ((T[])Enum.GetValues(typeof(T))).ToDictionary(Word, StringComparer.Ordinal);
    }
}
