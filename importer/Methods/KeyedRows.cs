using Bitrix24.Gen.Importer.Shapes;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Methods;

/// <summary>Pages of a list that PHP writes as an object, each record under its id, are lists.</summary>
internal static class KeyedRows
{
    public static void Open(MethodDoc method)
    {
        if (method is not { Operation: Operation.List or Operation.Search, Paging: Paging.Start, Result: { } result })
            return;
        if (RowsOf(result) is { } rows && AreIds(method, null))
        {
            method.Result = rows;
            return;
        }

        foreach (var member in (result as ObjectShape)?.Members ?? [])
        {
            if (RowsOf(member.Shape) is { } within && AreIds(method, member.Name))
                member.Shape = within;
        }
    }

    private static ListShape? RowsOf(Shape shape) => shape is MapShape { Value: ObjectShape { Members.Count: > 1 } record } ? new ListShape(record) : null;

    private static bool AreIds(MethodDoc method, string? at)
    {
        var shown = method.Responses.Where(static r => !r.IsError).Select(r => at is null ? r.Result : (r.Result as JsonObject)?.Find(at)?.Value).OfType<JsonObject>().ToArray();
        return shown.Length > 0 && shown.All(static rows => rows.Properties.All(static p => p.Name.All(char.IsAsciiDigit)));
    }
}
