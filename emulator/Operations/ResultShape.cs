using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Emulator.Rest;
using Bitrix24.Gen.Emulator.State;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Operations;

/// <summary>Builds the answer's <c>result</c> as the method's documentation shows it.</summary>
internal sealed class ResultShape(RecordStore store, RecordReader reader)
{
    /// <summary>The answer about one record.</summary>
    public Success Of(MethodCall call, Record record)
    {
        if (call.State.HasResult)
            return new Success(Templated(call, record));
        var result = call.Method.Result;
        // What a write answers beyond its record is made up; what a read answers is kept, or empty.
        var sample = call.Operation is Operation.Get or Operation.List ? null : Sample(call);
        var form = call.Form;
        // A page without an answer: what is made answers its key, what is read its fields.
        if (result is null && form is null && call.Operation is not Operation.Get)
            return new Success(call.Operation is Operation.Add ? Values.ToNode(call.Table!.KeyOf(record)) : true);
        if (sample is null && call.Operation is Operation.Get && !call.HasOneOfStores && call.Profile.Envelope.Style == EnvelopeKind.Bitrix24
            && (form?.Kind, result?.Type.Kind) is (AnswerForm.Kinds.Object, not TypeKind.Map) && call.Argument(View.Select) is null
            && Shape(call, form) is { IsSelfContained: true, Fields.Count: > 0 } known)
            return Success.Of(new RenderedResult(result?.At?.Split('.') ?? [], [reader.RenderedItem(known, record, call.Context)], IsList: false));
        var value = (form?.Kind, result?.Type.Kind) switch
        {
            (AnswerForm.Kinds.Bool, _) => true,
            (AnswerForm.Kinds.YesNo, _) => "Y",
            (AnswerForm.Kinds.Null, _) when call.Operation is Operation.Delete => null,
            (AnswerForm.Kinds.List, _) when call.Operation is Operation.Delete && form!.Item is null => new JsonArray(),
            (AnswerForm.Kinds.Object, not TypeKind.Map) => Object(call, record, form, sample),
            (AnswerForm.Kinds.List, _) => new JsonArray(Object(call, record, form!.Item, sample)),
            ({ } kind, _) when kind != AnswerForm.Kinds.Object => form!.Write(call.Table!.KeyOf(record)),
            (_, TypeKind.Bool) => true,
            (_, TypeKind.YesNo) => "Y",
            (_, TypeKind.Int or TypeKind.Long or TypeKind.String or TypeKind.Union) => Values.ToNode(call.Table!.KeyOf(record)),
            (_, TypeKind.Array) => new JsonArray(),
            _ => Object(call, record, form, sample),
        };
        return new Success(At(result, value));
    }

    /// <summary>The answer about the last of the records that a call made; a state file finds the keys of all of them in <c>{#result}</c>.</summary>
    public Success OfMade(MethodCall call, IReadOnlyList<Record> records, JsonArray keys) =>
        call.State.HasResult ? new Success(Templated(call, records[^1], keys)) : Of(call, records[^1]);

    /// <summary>The answer about all records that a call made: themselves, where the page shows them.</summary>
    public Success OfAll(MethodCall call, IReadOnlyList<Record> records)
    {
        var form = call.Form ?? (call.Method.Result is { } result ? TypeForms.Of(store.Specs, result.Type, call.Method.Api) : null);
        if (call.State.HasResult || form is null)
            return Made(call) with { ShapeOnly = false };
        var member = form.Members.Count == 1 ? form.RowsMember() : null;
        if ((member?.Value ?? form) is not { Kind: AnswerForm.Kinds.List, Item: { Kind: AnswerForm.Kinds.Object } item })
            return Made(call) with { ShapeOnly = false };
        var rows = new JsonArray([.. records.Select(r => Object(call, r, item, null))]);
        return new Success(At(call.Method.Result, member is { } named ? new JsonObject { [named.Key] = rows } : rows));
    }

    /// <summary>What an action that worked answers, in the documented form; made up where it has more to say than that it worked.</summary>
    /// <param name="call">The call.</param>
    /// <param name="outcome">What the action came to, for <c>{#result}</c>.</param>
    public Success Made(MethodCall call, object? outcome = null)
    {
        if (call.State.HasResult)
            return new Success(Templated(call, null, outcome));
        var form = call.ResultForm;
        if (form is null && call.Method.Result is { } result)
            form = TypeForms.Of(store.Specs, result.Type, call.Method.Api);
        if (form is null)
            return new Success(true) { ShapeOnly = !call.State.HasResult && call.State.Do is null };
        var value = form.Made(Sample(call), "");
        return new Success(call.ResultForm is null ? At(call.Method.Result, value) : value) { ShapeOnly = call.State.Do is null };
    }

    /// <summary>The answer that is a number of records; some pages show it as the one member of an object.</summary>
    public static Success Count(MethodCall call, int count) => new(
        call.ResultForm is { Kind: AnswerForm.Kinds.Object, Members: [{ Value.Kind: AnswerForm.Kinds.Int } member] } && call.Method.Result?.At is null
            ? new JsonObject { [member.Key] = count }
            : At(call.Method.Result, count));

    /// <summary>Puts a value where the spec says it stands inside <c>result</c>.</summary>
    public static JsonNode? At(ResultSpec? result, JsonNode? value)
    {
        foreach (var name in Enumerable.Reverse(result?.At?.Split('.') ?? []))
            value = new JsonObject { [name] = value };
        return value;
    }

    /// <summary>The type of the records in a list's answer.</summary>
    public TypeSpec? Rows(MethodCall call)
    {
        var type = call.Method.Result?.Type;
        return type is { Kind: TypeKind.Array or TypeKind.Map, Element: { } element } ? Resolve(element, call) : null;
    }

    public AnswerSample Sample(MethodCall call) => new(call.Context.Now, store.PortalUrl, call.Parameters);

    private RowShape Shape(MethodCall call, AnswerForm? form)
    {
        var type = call.Method.Result?.Type is { } result ? Resolve(result.Kind == TypeKind.Array ? result.Element! : result, call) : null;
        return reader.Shape(call.Table!, type, call.Method.Api, form, call.WantsOwnNames);
    }

    private JsonObject Object(MethodCall call, Record record, AnswerForm? form, AnswerSample? sample)
    {
        var shape = Shape(call, form);
        var item = reader.Item(shape, record, call.Context, Selected(call));
        if (sample is not null)
        {
            // What a new or changed record does not have is nothing in the answer to that, too.
            var isKept = call.Operation is Operation.Add or Operation.Update or Operation.Upsert;
            foreach (var field in shape.Fields.Where(f => !isKept || !IsListOfValues(f)))
            {
                if (field.Form is { } member && !shape.Table.Spec.Rows.ContainsKey(field.Name) && (field.Column < 0 || record[field.Column] is null)
                    && !(isKept && field.Column >= 0 && (member.IsNullable || field.Field?.Type.Kind == TypeKind.File || member.Kind is not (AnswerForm.Kinds.Object or AnswerForm.Kinds.List))))
                    item[field.Name] = member.Made(sample, field.Name);
            }
        }

        // A universal method's example is of one type of items; others have fields that it does not show.
        if (call.HasOneOfStores && call.Argument(View.Select) is null)
            RecordReader.AddKept(shape, record, item);
        return item;
    }

    /// <summary>Keys of contacts, observers: nobody believes any that the call did not give.</summary>
    private static bool IsListOfValues(RowField field) =>
        field is { Column: >= 0, Form: { Kind: AnswerForm.Kinds.List, Item.Kind: not (AnswerForm.Kinds.Object or AnswerForm.Kinds.List) } };

    private static Selection Selected(MethodCall call) => new(call.Argument(View.Select)) { Asked = call.Asked };

    private TypeSpec? Resolve(TypeRef type, MethodCall call) => store.Specs.ResolveType(type, call.Method.Api) is { Scalar: null } shape ? shape : null;

    private JsonNode? Templated(MethodCall call, Record? record, object? outcome = null)
    {
        var value = new Expression(store, call.Context) { Record = record ?? call.Target(), Result = outcome }.Value(call.State.Result);
        if (call.ResultForm is not { } form || (value is JsonArray && form.Kind != AnswerForm.Kinds.List) || (value is JsonObject && form.Kind == AnswerForm.Kinds.List)
            || (value is bool && form.Kind is (AnswerForm.Kinds.Object or AnswerForm.Kinds.List)))
            return Values.ToNode(value);
        // What the state file leaves out on purpose stays out, and what a caller gave is as it came.
        return value is not JsonNode node ? form.Write(value)
            : call.State.Result is JsonValue && node is JsonArray ? form.Write(node)
            : call.State.Result is not JsonNode template || template is JsonValue || Expression.OmitsEmpty(template) ? node.DeepClone()
            : form.Complete(node);
    }
}
