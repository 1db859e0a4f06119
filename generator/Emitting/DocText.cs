using System.Linq;
using System.Text;
using Bitrix24.Gen.Generator.Model;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Generator.Emitting;

/// <summary>Composes documentation comments from the facts of a spec.</summary>
internal static class DocText
{
    /// <summary>What a method does: <c>Creates a dataset.</c></summary>
    public static string Sentence(MethodSpec method)
    {
        if (!string.IsNullOrWhiteSpace(method.Description))
            return CSharpText.Xml(method.Description!.Trim());
        if (method.Of?.Name is not { } type)
            return $"Calls <c>{CSharpText.Xml(method.Name)}</c>.";

        var one = CSharpText.Xml(Words(type));
        var text = method.Operation switch
        {
            Operation.Add => $"Creates {WithArticle(one)}.",
            Operation.Get => $"Reads {WithArticle(one)}.",
            Operation.List => $"Lists {Plural(one)}.",
            Operation.Update => $"Changes {WithArticle(one)}.",
            Operation.Delete => $"Deletes {WithArticle(one)}.",
            Operation.Upsert => $"Creates or replaces {WithArticle(one)}.",
            Operation.Fields => $"Describes the fields of {WithArticle(one)}.",
            Operation.PatchItems => $"Adds, changes and deletes {CSharpText.Xml(method.Items ?? "items")} of {WithArticle(one)}.",
            Operation.Count => $"Counts {Plural(one)}.",
            Operation.Search => $"Searches {Plural(one)}.",
            Operation.Aggregate => $"Sums up {Plural(one)}.",
            _ => $"Calls <c>{CSharpText.Xml(method.Name)}</c>.",
        };
        return text;
    }

    /// <summary>Wire name, scope, who may call, and the link.</summary>
    public static string Remarks(MethodSpec method)
    {
        var text = new StringBuilder(CSharpText.Xml(method.Name));
        if (method.Scope is { } scope)
            text.Append($", scope {CSharpText.Xml(scope)}");
        if (!method.AllowWebhook)
            text.Append(", applications only");
        else if (!method.AllowApplication)
            text.Append(", webhooks only");
        text.Append(Callers(method.Access));
        if (!method.Batchable)
            text.Append(", not in a batch");
        text.Append('.');
        if (method.Deprecated)
            text.Append(method.Replacement is { } next ? $" Deprecated: use <c>{CSharpText.Xml(next)}</c>." : " Deprecated.");
        return text.Append(Link(method.Docs, " ")).ToString();
    }

    /// <summary>Who may call a method; nothing where anybody may, or where that is not documented.</summary>
    private static string Callers(Access? access) => access switch
    {
        Access.Administrator => ", administrators only",
        Access.SectionAdministrator => ", administrators of the section only",
        Access.Permission => ", by permission",
        Access.Participant => ", who takes part only",
        Access.Application => ", users of the application that made the record only",
        _ => "",
    };

    /// <summary>What a view is for; null where its name says that.</summary>
    public static string? Of(TypeSpec type, View view)
    {
        if (view == View.Read && !string.IsNullOrWhiteSpace(type.Description))
            return CSharpText.Xml(type.Description!.Trim());
        var one = CSharpText.Xml(Words(type.Name));
        return view switch
        {
            // An object written inline is part of something new, not new itself.
            View.Create when !type.Inline => $"Values for a new {one}.",
            View.Update => $"Changes to {WithArticle(one)}; only what is assigned is sent.",
            _ => null,
        };
    }

    /// <summary>What a field means, its wire name where the property has another, flags and limits.</summary>
    /// <param name="field">The field.</param>
    /// <param name="owner">The name of its type, or what the names of the method's classes begin with.</param>
    /// <param name="property">The property's name.</param>
    /// <param name="numbers">The class with names for its numbers.</param>
    /// <returns>Null: nothing is known that the declaration of the property does not say.</returns>
    public static string? Of(FieldSpec field, string owner, string property, string? numbers)
    {
        var text = new StringBuilder();
        if (!string.IsNullOrWhiteSpace(field.Description))
            text.Append(CSharpText.Xml(field.Description!.Trim())).Append(' ');
        else if (Glossary.Of(owner, field.Name) is { } meaning)
            text.Append(CSharpText.Xml(meaning)).Append(". ");
        var isNamed = !IsAlike(field.Name, property);
        var facts = new StringBuilder();
        Flag(facts, isNamed, CSharpText.Xml(field.Name));
        AddFacts(facts, field);
        if (facts.Length > 0)
        {
            // A sentence, which may begin with the name on the wire.
            var first = facts[", ".Length];
            text.Append(isNamed ? first : char.ToUpperInvariant(first)).Append(facts.ToString(", ".Length + 1, facts.Length - ", ".Length - 1)).Append('.');
        }

        if (numbers is not null)
            text.Append(text.Length == 0 || text[text.Length - 1] == ' ' ? "" : " ").Append($"<see cref=\"{numbers}\"/>.");
        return text.Length == 0 ? null : text.ToString().TrimEnd();
    }

    private static void AddFacts(StringBuilder text, FieldSpec field)
    {
        Flag(text, field.ReadOnly, "read-only");
        Flag(text, field.Immutable, "immutable");
        Flag(text, field.Nullable, "may be null");
        Flag(text, field.Deprecated, "deprecated");
        Fact(text, field.Pattern, "matches");
        Range(text, field.MinLength, field.MaxLength, "characters");
        Range(text, field.MinItems, field.MaxItems, "items");
        Fact(text, field.Min?.ToString(System.Globalization.CultureInfo.InvariantCulture), "at least");
        Fact(text, field.Max?.ToString(System.Globalization.CultureInfo.InvariantCulture), "at most");
        Fact(text, field.UniqueBy.Count == 0 ? null : string.Join(", ", field.UniqueBy), "unique by");
        Fact(text, field.Default, "default");
    }

    // The same letters and digits, in any case.
    private static bool IsAlike(string left, string right)
    {
        for (int i = 0, j = 0; ; i++, j++)
        {
            while (i < left.Length && !char.IsLetterOrDigit(left[i]))
                i++;
            while (j < right.Length && !char.IsLetterOrDigit(right[j]))
                j++;
            if (i >= left.Length || j >= right.Length)
                return i >= left.Length && j >= right.Length;
            if (char.ToUpperInvariant(left[i]) != char.ToUpperInvariant(right[j]))
                return false;
        }
    }

    /// <summary>A link to documentation, or nothing where there is none.</summary>
    public static string Link(string? url, string before = "") =>
        url is not null && url.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            ? $"{before}<see href=\"{CSharpText.Xml(url)}\"/>"
            : "";

    private static void Flag(StringBuilder text, bool set, string word)
    {
        if (set)
            text.Append(", ").Append(word);
    }

    private static void Fact(StringBuilder text, string? value, string words)
    {
        if (value is { Length: < 200 })
            text.Append($", {words} <c>{CSharpText.Xml(value)}</c>");
    }

    private static void Range(StringBuilder text, int? min, int? max, string of)
    {
        if (min is { } least && max is { } most)
            text.Append($", {CSharpText.Number(least)} to {CSharpText.Number(most)} {of}");
        else if (min is { } atLeast)
            text.Append($", {CSharpText.Number(atLeast)} or more {of}");
        else if (max is { } atMost)
            text.Append($", at most {CSharpText.Number(atMost)} {of}");
    }

    /// <summary><c>DatasetField</c> as words: <c>dataset field</c>.</summary>
    private static string Words(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]) && char.IsLower(name[i - 1]))
                text.Append(' ');
            text.Append(name[i] == '_' ? ' ' : char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }

    private static string WithArticle(string words) =>
        words.Length > 0 && "aeio".IndexOf(words[0]) >= 0 ? "an " + words : "a " + words;

    private static string Plural(string words)
    {
        if (words.EndsWith("y", StringComparison.Ordinal) && words.Length > 1 && "aeiou".IndexOf(words[words.Length - 2]) < 0)
            return words.Substring(0, words.Length - 1) + "ies";
        return words + (words.EndsWith("s", StringComparison.Ordinal) || words.EndsWith("x", StringComparison.Ordinal) || words.EndsWith("ch", StringComparison.Ordinal) ? "es" : "s");
    }
}
