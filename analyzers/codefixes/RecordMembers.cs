using System.Linq;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypeKind = Bitrix24.Gen.Specs.TypeKind;

namespace Bitrix24.Gen.CodeFixes;

/// <summary>What typed code reads where code reads JSON by name: members of a record, or a value.</summary>
internal sealed class RecordMembers
{
    private readonly ILookup<string, (string Member, TypedForm Form)> _members;
    private readonly TypedForm _form;

    private RecordMembers(TypedForm form, ILookup<string, (string Member, TypedForm Form)> members) => (_form, _members) = (form, members);

    /// <summary>The members; null: the type is neither a record nor a value.</summary>
    public static RecordMembers? Of(TypeRef? type, MethodSpec method, SpecSet specs)
    {
        if (type is null)
            return null;
        var form = TypedForm.Of(specs, method.Api, type);
        if (form.Kind is TypeKind.Array or TypeKind.Map or TypeKind.Json or TypeKind.File or TypeKind.Union)
            return null;
        IReadOnlyList<FieldSpec> fields = form.Object?.Fields.ToList() ?? [];
        var names = form.Object is { } record ? CSharpNames.Members(record, specs.Profile(method.Api)) : [];
        return new(
            form,
            fields.Select((f, i) => (f.Name, Member: (names[i], TypedForm.Of(specs, method.Api, f)))).ToLookup(static m => m.Name, static m => m.Member, StringComparer.Ordinal));
    }

    /// <summary>The typed code that reads the same; null: there is none.</summary>
    /// <param name="reading">A call on JSON: <c>x.GetProperty("ID")</c>, <c>x.GetProperty("ID").GetInt64()</c>, <c>x.GetInt64()</c>.</param>
    /// <param name="record">The typed expression of a receiver that is the record; null: the receiver is something else.</param>
    public ExpressionSyntax? Read(InvocationExpressionSyntax reading, Func<ExpressionSyntax, string?> record)
    {
        var getter = JsonReading.IsValueGetter(reading) ? reading : null;
        var named = getter is null ? reading : JsonReading.Receiver(getter);
        if (getter is not null && _form.Object is null)
            return record(named) is { } value && Fits(getter, _form) ? Typed(getter, _form, value) : null;
        if (JsonReading.PropertyName(named) is not { } name || record(JsonReading.Receiver(named)) is not { } typed)
            return null;
        if (_members[name].FirstOrDefault() is ({ } member, var form))
            return Fits(getter, form) ? Typed(getter, form, $"{typed}.{member}") : null;
        // JSON, as it was.
        return getter is null && _form.Object?.HasOwnField(name) == true ? SyntaxFactory.ParseExpression($"{typed}.Extra[{CSharpLiteral.Of(name)}]") : null;
    }

    /// <summary>The typed code of a comparison with Y or N; null: it compares something else.</summary>
    public ExpressionSyntax? Compare(BinaryExpressionSyntax comparison, Func<ExpressionSyntax, string?> record) =>
        comparison.Kind() is SyntaxKind.EqualsExpression or SyntaxKind.NotEqualsExpression
        && comparison.Right is LiteralExpressionSyntax { Token.Value: "Y" or "N" } flag
        && JsonReading.IsCallOf(comparison.Left, "GetString") && JsonReading.Receiver(comparison.Left) is var read
        && JsonReading.PropertyName(read) is { } name && record(JsonReading.Receiver(read)) is { } typed
        && _members[name].FirstOrDefault() is ({ } member, { Kind: TypeKind.YesNo })
            ? SyntaxFactory.ParseExpression($"{typed}.{member} {comparison.OperatorToken.Text} {((string)flag.Token.Value! == "Y" ? "true" : "false")}")
            : null;

    private static ExpressionSyntax Typed(InvocationExpressionSyntax? getter, TypedForm form, string code) =>
        SyntaxFactory.ParseExpression((form.Kind == TypeKind.Long && JsonReading.IsCallOf(getter, "GetInt32") ? "(int)" : "") + code);

    // As a text a date, a truth value or an amount is something else when it is typed.
    private static bool Fits(InvocationExpressionSyntax? getter, TypedForm form) => ((getter?.Expression as MemberAccessExpressionSyntax)?.Name.Identifier.ValueText, form.Kind) switch
    {
        (null or "ToString" or "GetString", TypeKind.String or TypeKind.Int or TypeKind.Long) => true,
        ("GetInt32" or "GetInt64", TypeKind.Int or TypeKind.Long) => true,
        ("GetDecimal" or "GetDouble", TypeKind.Int or TypeKind.Long or TypeKind.Decimal or TypeKind.Double) => true,
        ("GetBoolean", TypeKind.Bool or TypeKind.YesNo) => true,
        ("GetDateTimeOffset", TypeKind.DateTime) => true,
        _ => false,
    };
}
