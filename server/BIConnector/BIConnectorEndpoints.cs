using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Bitrix24.AspNetCore;

/// <summary>The four addresses of a connector.</summary>
internal sealed class BIConnectorEndpoints<TConnector>(CallbackGuard guard, IncomingTelemetry telemetry)
    where TConnector : class, IBIConnector
{
    public const string Check = "/check", Tables = "/tables", Table = "/table", Data = "/data";
    private const string CheckName = "BI connector check", TablesName = "BI connector tables", TableName = "BI connector table", DataName = "BI connector data";

    public Task CheckAsync(HttpContext context) => guard.RunAsync(context, telemetry, CheckName, async (request, observed, memberId) =>
    {
        await ConnectorOf(context).CheckAsync(ConnectionOf(request, memberId), context.RequestAborted).ConfigureAwait(false);
        // Only the status counts; the body may not be empty.
        await JsonAnswer.WriteAsync(context, CheckName, static writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("result", "ok");
            writer.WriteEndObject();
        }).ConfigureAwait(false);
        observed.Done("answered");
    });

    public Task TablesAsync(HttpContext context) => guard.RunAsync(context, telemetry, TablesName, async (request, observed, memberId) =>
    {
        var tables = await ConnectorOf(context).ListTablesAsync(ConnectionOf(request, memberId), RequestText.Of(request.Body, "searchString") ?? "", context.RequestAborted).ConfigureAwait(false);
        BIAnswerRules.Check(tables);
        await JsonAnswer.WriteAsync(context, TablesName, writer =>
        {
            writer.WriteStartArray();
            foreach (var table in tables)
            {
                writer.WriteStartObject();
                writer.WriteString("code", table.Code);
                writer.WriteString("title", table.Title);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }).ConfigureAwait(false);
        observed.Done("answered");
    });

    public Task TableAsync(HttpContext context) => guard.RunAsync(context, telemetry, TableName, async (request, observed, memberId) =>
    {
        var (_, columns) = await DescribeAsync(context, request, memberId).ConfigureAwait(false);
        await JsonAnswer.WriteAsync(context, TableName, writer =>
        {
            writer.WriteStartArray();
            foreach (var column in columns)
            {
                writer.WriteStartObject();
                writer.WriteString("code", column.Code);
                writer.WriteString("name", column.Name);
                writer.WriteString("type", column.Type.ToString().ToLowerInvariant());
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }).ConfigureAwait(false);
        observed.Done("answered");
    });

    public Task DataAsync(HttpContext context) => guard.RunAsync(context, telemetry, DataName, async (request, observed, memberId) =>
    {
        var (table, all) = await DescribeAsync(context, request, memberId).ConfigureAwait(false);
        var map = Texts(request.Body, "mapFields");
        var asked = request.Body.TryGetProperty("filter", out var given) ? given : default;
        var filter = BIFilter.Read(asked, all, map);
        var selected = Select(request.Body, table, all, map);
        var query = new BIQuery
        {
            Table = table,
            // What is filtered by is read too, after what is answered.
            Columns = [.. selected, .. filter.Columns.Except(selected)],
            Limit = RequestText.Of(request.Body, "limit") is not { } limit ? null
                : long.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var rows) ? (int)Math.Min(rows, int.MaxValue)
                : throw BIAnswerRules.Wrong($"The portal asked for the limit \"{limit}\", which is no whole number."),
            Filter = asked,
            MapFields = map,
        };
        context.Response.ContentType = "application/json; charset=utf-8";
        var connector = ConnectorOf(context);
        await new BIRowWriter(context.Response.BodyWriter, table, query.Columns, selected.Count, filter)
            .WriteAsync(connector.ReadAsync(ConnectionOf(request, memberId), query, context.RequestAborted), query.Limit, context.RequestAborted).ConfigureAwait(false);
        observed.Done("answered");
    });

    private static async Task<(string Table, IReadOnlyList<BIColumn> Columns)> DescribeAsync(HttpContext context, IncomingRequest request, string? memberId)
    {
        var table = RequestText.Of(request.Body, "table") ?? throw BIAnswerRules.Wrong("The portal's request names no table (field \"table\").");
        var columns = await ConnectorOf(context).DescribeAsync(ConnectionOf(request, memberId), table, context.RequestAborted).ConfigureAwait(false)
            ?? throw BIAnswerRules.Wrong($"The portal asked for table \"{table}\", for which {nameof(IBIConnector.DescribeAsync)} returned null: there is no such table, or no longer.");
        BIAnswerRules.Check(table, columns);
        return (table, columns);
    }

    // A portal selects by the code of the source, or by the name that the dataset gave the column.
    private static IReadOnlyList<BIColumn> Select(JsonElement body, string table, IReadOnlyList<BIColumn> all, IReadOnlyDictionary<string, string> map)
    {
        if (!body.TryGetProperty("select", out var select) || select.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object))
            return all;
        var names = select.ValueKind == JsonValueKind.Array ? select.EnumerateArray().Select(static s => RequestText.Of(s)) : select.EnumerateObject().Select(static s => RequestText.Of(s.Value));
        var chosen = new List<BIColumn>();
        foreach (var name in names.Where(static n => n is not null))
        {
            chosen.Add(all.FirstOrDefault(c => c.Code == name)
                ?? all.FirstOrDefault(c => map.GetValueOrDefault(c.Code) == name)
                ?? throw BIAnswerRules.Wrong($"The portal selected column \"{name}\", which {nameof(IBIConnector.DescribeAsync)} does not return for table \"{table}\"."));
        }

        return chosen.Count == 0 ? all : chosen;
    }

    private static TConnector ConnectorOf(HttpContext context) => context.RequestServices.GetRequiredService<TConnector>();

    private static BIConnection ConnectionOf(IncomingRequest request, string? memberId) => new(Texts(request.Body, "connection")) { MemberId = memberId };

    private static Dictionary<string, string> Texts(JsonElement body, string name)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!body.TryGetProperty(name, out var map))
            return texts;
        if (map.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in map.EnumerateObject().Where(static m => m.Value.ValueKind == JsonValueKind.String))
                texts[member.Name] = member.Value.GetString()!;
        }
        else if (map.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in map.EnumerateArray().Where(static i => i.ValueKind == JsonValueKind.String))
                texts[texts.Count.ToString(CultureInfo.InvariantCulture)] = item.GetString()!;
        }

        return texts;
    }
}
