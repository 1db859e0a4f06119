using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bitrix24.Gen.Benchmarks.Runtime;

/// <summary>The row that the other serializers read: the same members as the generated Dataset.</summary>
public sealed class DatasetRow
{
    public long Id { get; set; }

    public long SourceId { get; set; }

    public string Name { get; set; } = "";

    public string Type { get; set; } = "";

    public string? Description { get; set; }

    public string ExternalName { get; set; } = "";

    public string ExternalCode { get; set; } = "";

    public long ExternalId { get; set; }

    public DateTimeOffset DateCreate { get; set; }

    public DateTimeOffset DateUpdate { get; set; }

    public long CreatedById { get; set; }

    public long UpdatedById { get; set; }

    public IReadOnlyList<DatasetFieldBody> Fields { get; set; } = [];
}

public sealed class DatasetAnswer
{
    public List<DatasetRow> Result { get; set; } = [];
}

public sealed class DatasetFieldBody
{
    public string Type { get; set; } = "";

    public string Name { get; set; } = "";

    public string ExternalCode { get; set; } = "";
}

public sealed class DatasetBody
{
    public int SourceId { get; set; }

    public string Name { get; set; } = "";

    public string? Description { get; set; }

    public string ExternalName { get; set; } = "";

    public string ExternalCode { get; set; } = "";

    public List<DatasetFieldBody> Fields { get; set; } = [];
}

public sealed class DatasetAddBody
{
    public DatasetBody Fields { get; set; } = new();
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DatasetAnswer))]
[JsonSerializable(typeof(DatasetAddBody))]
public sealed partial class RowContext : JsonSerializerContext;

/// <summary>The payloads of all readers and writers.</summary>
public static class Payload
{
    /// <summary>A list answer of 50 rows. Dates carry an offset and ids are numbers: the form that every reader takes.</summary>
    public static byte[] List()
    {
        var text = new StringBuilder("{\"result\":[");
        for (var i = 0; i < 50; i++)
        {
            text.Append(i == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $$"""
                {"id":{{1000 + i}},"sourceId":3,"name":"sales_{{i}}","type":"rest","description":"Orders of the branch no. {{i}}","externalName":"Sales {{i}}","externalCode":"sales_{{i}}","externalId":{{i}},"dateCreate":"2026-03-20T14:50:06+00:00","dateUpdate":"2026-03-21T14:50:06+00:00","createdById":1,"updatedById":7}
                """);
        }

        return Encoding.UTF8.GetBytes(text.Append("]}").ToString());
    }

    public static DatasetAddBody Body() => new()
    {
        Fields = new()
        {
            SourceId = 3,
            Name = "sales_2026",
            Description = "Orders of 2026",
            ExternalName = "Sales",
            ExternalCode = "sales",
            Fields = [.. Enumerable.Range(0, 12).Select(static i => new DatasetFieldBody { Type = "int", Name = Name(i), ExternalCode = Name(i) })],
        },
    };

    public static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"FIELD_{i}");

    public static JsonSerializerOptions Reflection { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };
}
