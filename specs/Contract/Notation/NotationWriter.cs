#if BITRIX24_SPECS
using System.Globalization;
using System.Linq;
using System.Text;

namespace Bitrix24.Gen.Specs.Contract;

/// <summary>Writes <see cref="Notation"/>: the smallest text that the reader takes, <c>ID:iO;TITLE:s;STAGE_ID:s,enum=NEW|WON</c>.</summary>
/// <param name="numberOf">The number of a type among those that the reader is given.</param>
public sealed class NotationWriter(Func<TypeDescriptor, int> numberOf)
{
    /// <summary>The fields of a type, or the parameters of a method.</summary>
    public string Fields(IReadOnlyList<FieldDescriptor> fields) =>
        string.Join(";", fields.Select(f => $"{Notation.EscapeName(f.Name)}:{Value(f)}"));

    /// <summary>What is known of a type beside its fields.</summary>
    public static string Facts(TypeDescriptor type)
    {
        var facts = new FactList();
        facts.Add("open", type.Open);
        facts.Add("undescribed", type.Undescribed);
        facts.Add("anyCase", type.AnyCase);
        facts.Add("errors", RuleErrors(type.Errors));
        return facts.ToString();
    }

    /// <summary>What is known of an API.</summary>
    public static string Facts(ApiDescriptor api)
    {
        var facts = new FactList();
        facts.Add("envelope", Notation.Envelopes, (int)api.Envelope);
        facts.Add("names", Notation.NameCases, (int)api.NameCase);
        facts.Add("loose", api.LooseTypes);
        facts.Add("camel", api.CamelCaseFields);
        facts.Add("operators", api.FilterOperators);
        facts.Add("keys", api.FilterKeys);
        facts.Add("lists", api.ListOperators);
        facts.Add("contains", api.ContainsOperators);
        facts.Add("likes", api.LikeOperators);
        facts.Add("directions", api.OrderDirections);
        facts.Add("orders", api.OrderForms);
        facts.Add("common", api.CommonParameters);
        if (api.BatchLimit != ApiDescriptor.UsualBatchLimit)
            facts.Add("batch", Notation.Invariant(api.BatchLimit));
        facts.Add("ruleErrors", RuleErrors(api.RuleErrors));
        facts.Add("errors", Errors(api.Errors));
        return facts.ToString();
    }

    /// <summary>What is known of a method beside its parameters.</summary>
    /// <param name="method">The method.</param>
    /// <param name="errors">Those of its errors whose texts are needed.</param>
    public static string Facts(MethodDescriptor method, IReadOnlyList<MethodError> errors)
    {
        var facts = new FactList();
        facts.Add("does", Notation.Operations, (int)method.Operation);
        facts.Add("repeat", Notation.Idempotencies, (int)method.Idempotency);
        if (method.Access != MethodAccess.Any)
            facts.Add("access", Notation.Accesses[(int)method.Access].ToString());
        // That anybody may is no news.
        if (method.Caller is { } caller and not Bitrix24.Gen.Specs.Access.User)
            facts.Add("who", Notation.Callers[(int)caller].ToString());
        if (method.Paging != Paging.None)
            facts.Add("paging", [Notation.Pagings[(int)method.Paging].ToString(), Notation.Invariant(method.PageSize)]);
        facts.Add("open", method.OpenParameters);
        facts.Add("openFilter", method.OpenFilter);
        if (method.NameCase is { } names)
            facts.Add("names", Notation.NameCases[(int)names].ToString());
        if (method.QueryCase is { } query)
            facts.Add("queryNames", Notation.NameCases[(int)query].ToString());
        facts.Add("positional", method.Positional);
        facts.Add("notBatchable", method.NotBatchable);
        facts.Add("result", method.ResultPath);
        facts.Add("nullable", method.ResultNullable);
        facts.Add("replacement", method.Replacement);
        if (method is { Verb: { } verb, Path: { } path })
            facts.Add("http", [verb, path]);
        facts.Add("errors", Errors(errors));
        facts.Add("ruleErrors", RuleErrors(method.RuleErrors));
        facts.Add("order", method.CheckOrder);
        return facts.ToString();
    }

    private string Value(FieldDescriptor field)
    {
        var text = new StringBuilder().Append(Notation.Kinds[(int)field.Kind]);
        AddFlags(text, field.Flags & ~Notation.Containers);
        AddFlags(text, field.Flags & Notation.Containers);
        for (var each = field.Element; each is not null; each = each.Element)
        {
            text.Append('/');
            AddFlags(text, each.Flags);
        }

        if (field.Type is { } type)
            text.Append(Notation.Invariant(numberOf(type)));
        var facts = FactsOf(field);
        return facts.Length == 0 ? text.ToString() : text.Append(',').Append(facts).ToString();
    }

    private static void AddFlags(StringBuilder text, FieldFlags flags)
    {
        for (var i = 0; i < Notation.Flags.Length; i++)
        {
            if (((uint)flags & (1u << i)) != 0)
                text.Append(Notation.Flags[i]);
        }
    }

    private string FactsOf(FieldDescriptor field)
    {
        var facts = new FactList();
        if (field.As is { } view)
            facts.Add("as", Notation.Views[(int)view].ToString());
        facts.Add("in", Notation.Locations, (int)field.In);
        facts.Add("format", field.Format);
        facts.Add("of", [.. field.Alternatives.Select(Value)]);
        facts.Add("aliases", field.Aliases);
        if (field.Rules is { } rules)
            AddRules(facts, rules);
        return facts.ToString();
    }

    private static void AddRules(FactList facts, FieldRules rules)
    {
        facts.Add("pattern", rules.Pattern);
        if (rules.MinLength > 0)
            facts.Add("minLength", Notation.Invariant(rules.MinLength));
        if (rules.MaxLength < int.MaxValue)
            facts.Add("maxLength", Notation.Invariant(rules.MaxLength));
        if (rules.Min > decimal.MinValue)
            facts.Add("min", rules.Min.ToString(CultureInfo.InvariantCulture));
        if (rules.Max < decimal.MaxValue)
            facts.Add("max", rules.Max.ToString(CultureInfo.InvariantCulture));
        if (rules.MinItems > 0)
            facts.Add("minItems", Notation.Invariant(rules.MinItems));
        if (rules.MaxItems < int.MaxValue)
            facts.Add("maxItems", Notation.Invariant(rules.MaxItems));
        facts.Add("enum", rules.Enum);
        facts.Add("uniqueBy", rules.UniqueBy);
        facts.Add("oneOf", rules.OneOf);
        if (rules.RequiredIf is { } condition)
            facts.Add("requiredIf", [condition.Field, .. condition.Values]);
        facts.Add("use", rules.Use);
        if (rules.Call is { } call)
            facts.Add("call", [call.Method, call.Key ?? "", call.Params ?? ""]);
        facts.Add("instead", [.. rules.Instead.SelectMany(static i => new[] { i.Value, i.Method })]);
        if (rules.Markup is { } markup)
            facts.Add("markup", [markup.Root ?? "", markup.Phrases ?? "", markup.Data ?? ""]);
        facts.Add("address", Notation.Addresses, (int)rules.Address);
        facts.Add("separator", rules.Separator);
        facts.Add("mustName", rules.MustName);
        facts.Add("weak", rules.Weak);
        facts.Add("errors", RuleErrors(rules.Errors));
    }

    private static string[] RuleErrors(IReadOnlyList<RuleError> errors) =>
        [.. errors.SelectMany(static e => new[] { e.Rule, e.Code, e.Message ?? "" })];

    private static string[] Errors(IReadOnlyList<MethodError> errors) =>
        [.. errors.SelectMany(static e => new[] { e.Code, e.Message ?? "" })];

    /// <summary>Facts with what separates them.</summary>
    private sealed class FactList
    {
        private readonly StringBuilder _text = new();

        public void Add(string name, bool holds)
        {
            if (holds)
                Begin(name);
        }

        public void Add(string name, string? value)
        {
            if (value is not null)
                Add(name, [value]);
        }

        public void Add(string name, IReadOnlyList<string> values)
        {
            if (values.Count == 0)
                return;
            Begin(name).Append('=').Append(string.Join("|", values.Select(Notation.EscapeValue)));
        }

        /// <summary>The letter of a value; the first of a table goes without saying.</summary>
        public void Add(string name, string table, int index)
        {
            if (index > 0)
                Add(name, table[index].ToString());
        }

        public override string ToString() => _text.ToString();

        private StringBuilder Begin(string name) => (_text.Length > 0 ? _text.Append(',') : _text).Append(name);
    }
}
#endif
