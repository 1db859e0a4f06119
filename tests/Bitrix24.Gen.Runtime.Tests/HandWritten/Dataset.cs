// What the generator emits for specs/bitrix24/biconnector.dataset.b24.json, abridged: four of its methods. Generated
// code writes global:: before every name and doc comments on every member.
#nullable enable
using System.Text.Json;
using Bitrix24;
using Bitrix24.Infrastructure;

namespace HandWritten.BiConnector;

public sealed partial class Dataset : Bitrix24Object
{
    public int Id { get; set; }

    public int SourceId { get; set; }

    public string Name { get; set; } = "";

    public string? Description { get; set; }

    public DateTimeOffset DateCreate { get; set; }

    public IReadOnlyList<DatasetField> Fields { get; set; } = [];

    protected override TypeDescriptor Descriptor => DatasetTypes.Dataset;

    protected override void ReadField(int index, ref FieldReader reader)
    {
        switch (index)
        {
            case 0: Id = JsonRead.Int(ref reader); break;
            case 1: SourceId = JsonRead.Int(ref reader); break;
            case 2: Name = JsonRead.String(ref reader); break;
            case 3: Description = JsonRead.StringOrNull(ref reader); break;
            case 4: DateCreate = JsonRead.DateTime(ref reader); break;
            case 5: Fields = JsonRead.List<DatasetField>(ref reader); break;
        }
    }
}

public sealed partial class DatasetCreate : Bitrix24Input
{
    public required int SourceId { get; set; }

    public required string Name { get; set; }

    public string? Description { get; set; }

    public required IReadOnlyList<DatasetFieldCreate> Fields { get; set; }

    protected override TypeDescriptor Descriptor => DatasetTypes.Dataset;

    protected override void WriteFields(ref FieldWriter writer)
    {
        writer.Int(1, SourceId);
        writer.Text(2, Name);
        writer.Text(3, Description);
        writer.Objects(5, Fields);
    }
}

public sealed partial class DatasetUpdate : Bitrix24Update
{
    private string? _description;

    public string? Description { get => _description; set => Assign(3, ref _description, value); }

    protected override TypeDescriptor Descriptor => DatasetTypes.Dataset;

    protected override void WriteFields(ref FieldWriter writer)
    {
        writer.Text(3, _description);
    }
}

public readonly struct DatasetFilter
{
    public NumberField<int> Id => new("id");

    public NumberField<int> SourceId => new("sourceId");

    public TextField Name => new("name");

    public TextField Description => new("description");

    public DateField DateCreate => new("dateCreate");

    public Filter Any(params Filter[] any) => Filter.Any(any);
}

public readonly struct DatasetSelect
{
    public SelectField Id => new("id");

    public SelectField Name => new("name");
}

public readonly struct DatasetOrder
{
    public OrderField Id => new("id");

    public OrderField Name => new("name");
}

public readonly partial record struct DatasetFieldType(string Value) : IBitrix24Enum<DatasetFieldType>
{
    public static DatasetFieldType Int => new("int");

    public static DatasetFieldType String => new("string");

    public override string ToString() => Value;

    public static implicit operator DatasetFieldType(string value) => new(value);
}

public sealed partial class DatasetField : Bitrix24Object
{
    public int Id { get; set; }

    public DatasetFieldType Type { get; set; }

    public string Name { get; set; } = "";

    public string ExternalCode { get; set; } = "";

    public bool? Visible { get; set; }

    protected override TypeDescriptor Descriptor => DatasetTypes.DatasetField;

    protected override void ReadField(int index, ref FieldReader reader)
    {
        switch (index)
        {
            case 0: Id = JsonRead.Int(ref reader); break;
            case 1: Type = JsonRead.Enum<DatasetFieldType>(ref reader); break;
            case 2: Name = JsonRead.String(ref reader); break;
            case 3: ExternalCode = JsonRead.String(ref reader); break;
            case 4: Visible = JsonRead.BoolOrNull(ref reader); break;
        }
    }
}

public sealed partial class DatasetFieldCreate : Bitrix24Input
{
    public required DatasetFieldType Type { get; set; }

    public required string Name { get; set; }

    public required string ExternalCode { get; set; }

    protected override TypeDescriptor Descriptor => DatasetTypes.DatasetField;

    protected override void WriteFields(ref FieldWriter writer)
    {
        writer.Text(1, Type.Value);
        writer.Text(2, Name);
        writer.Text(3, ExternalCode);
    }
}

public sealed partial class DatasetAddResult : Bitrix24Object
{
    public int Id { get; set; }

    protected override TypeDescriptor Descriptor => DatasetTypes.DatasetAddResult;

    protected override void ReadField(int index, ref FieldReader reader)
    {
        switch (index)
        {
            case 0: Id = JsonRead.Int(ref reader); break;
        }
    }
}

public sealed partial class DatasetAddRequest() : Bitrix24Request<DatasetAddResult>(DatasetMethods.Add, JsonRead.Object<DatasetAddResult>)
{
    public required DatasetCreate Fields { get; set; }

    protected override void WriteFields(ref FieldWriter writer)
    {
        writer.Object(0, Fields);
    }
}

public sealed partial class DatasetGetRequest() : Bitrix24Request<Dataset>(DatasetMethods.Get, JsonRead.Object<Dataset>)
{
    public required int Id { get; set; }

    protected override void WriteFields(ref FieldWriter writer)
    {
        writer.Int(0, Id);
    }
}

public sealed partial class DatasetUpdateRequest() : Bitrix24Request<bool>(DatasetMethods.Update, JsonRead.Bool)
{
    public required int Id { get; set; }

    public required DatasetUpdate Fields { get; set; }

    protected override void WriteFields(ref FieldWriter writer)
    {
        writer.Int(0, Id);
        writer.Object(1, Fields);
    }
}

public sealed partial class DatasetListRequest() : ListRequest<Dataset, DatasetFilter, DatasetSelect, DatasetOrder>(DatasetMethods.List, JsonRead.List<Dataset>)
{
    public int? Page { get => (int?)Position; set => Position = value; }

    protected override void WriteFields(ref FieldWriter writer)
    {
        writer.Select(0, Select);
        writer.Filter(1, Filter);
        writer.Order(2, Order);
        writer.Long(3, Position);
    }
}

public sealed partial class DatasetClient(Bitrix24Client client)
{
    public Task<DatasetAddResult> AddAsync(DatasetCreate fields, CancellationToken cancellationToken = default) =>
        client.SendAsync(new DatasetAddRequest { Fields = fields }, cancellationToken);

    public Task<Dataset> GetAsync(int id, CancellationToken cancellationToken = default) =>
        client.SendAsync(new DatasetGetRequest { Id = id }, cancellationToken);

    public Task<bool> UpdateAsync(int id, DatasetUpdate fields, CancellationToken cancellationToken = default) =>
        client.SendAsync(new DatasetUpdateRequest { Id = id, Fields = fields }, cancellationToken);

    public IAsyncEnumerable<Dataset> ListAsync(
        Action<ListQuery<DatasetFilter, DatasetSelect, DatasetOrder>>? query = null,
        CancellationToken cancellationToken = default) =>
        client.ListAsync(new DatasetListRequest(), query, cancellationToken);
}

internal static class DatasetTypes
{
    // Names the rule words of docs/spec-format.md; a type's fields are made on first use.
    public static TypeDescriptor Dataset { get; } = new("Dataset", static () =>
    [
        new("id", ValueKind.Int, FieldFlags.ReadOnly),
        new("sourceId", ValueKind.Int, FieldFlags.Required | FieldFlags.Immutable),
        new("name", ValueKind.String, FieldFlags.Required | FieldFlags.Immutable)
        {
            Rules = new()
            {
                Pattern = "^[a-z][a-z0-9_]*$",
                MaxLength = 230,
                Errors = [new("pattern", "VALIDATION_DATASET_NAME_INVALID"), new("maxLength", "VALIDATION_DATASET_NAME_TOO_LONG")],
            },
        },
        new("description", ValueKind.String),
        new("dateCreate", ValueKind.DateTime, FieldFlags.ReadOnly) { Format = "yyyy-MM-dd HH:mm:ss" },
        new("fields", ValueKind.Object, FieldFlags.List | FieldFlags.Required | FieldFlags.NotFilterable, DatasetField)
        {
            Rules = new()
            {
                Use = "biconnector.dataset.fields.update",
                MinItems = 1,
                UniqueBy = ["name", "externalCode"],
                Errors =
                [
                    new("uniqueBy.name", "VALIDATION_DUPLICATE_FIELD_NAME"),
                    new("uniqueBy.externalCode", "VALIDATION_DUPLICATE_FIELD_CODE"),
                    new("use", "INVALID_METHOD"),
                    new("*.required", "VALIDATION_FIELD_MISSING_REQUIRED_PARAMETERS"),
                ],
            },
        },
    ])
    {
        Errors =
        [
            new("unknown", "VALIDATION_UNKNOWN_PARAMETERS"),
            new("required", "VALIDATION_REQUIRED_FIELD_MISSING"),
            new("readOnly", "VALIDATION_READ_ONLY_FIELD"),
            new("immutable", "VALIDATION_IMMUTABLE_FIELD"),
            new("type", "VALIDATION_INVALID_FIELD_TYPE"),
        ],
    };

    public static TypeDescriptor DatasetField { get; } = new("DatasetField", static () =>
    [
        new("id", ValueKind.Int, FieldFlags.ReadOnly),
        new("type", ValueKind.String, FieldFlags.Required)
        {
            Rules = new()
            {
                Enum = ["int", "string", "double", "date", "datetime"],
                Errors = [new("enum", "VALIDATION_FIELD_INVALID_TYPE")],
            },
        },
        new("name", ValueKind.String, FieldFlags.Required)
        {
            Rules = new()
            {
                Pattern = "^[A-Z][A-Z0-9_]*$",
                MaxLength = 32,
                Errors = [new("pattern", "VALIDATION_FIELD_NAME_INVALID_FORMAT"), new("maxLength", "VALIDATION_FIELD_NAME_TOO_LONG")],
            },
        },
        new("externalCode", ValueKind.String, FieldFlags.Required),
        new("visible", ValueKind.Bool, FieldFlags.ReadOnly),
    ]);

    public static TypeDescriptor DatasetAddResult { get; } = new("DatasetAddResult", static () =>
    [
        new("id", ValueKind.Int, FieldFlags.Required),
    ]);
}

internal static class DatasetMethods
{
    public static MethodDescriptor Add { get; } = new("biconnector.dataset.add", static () =>
    [
        new("fields", ValueKind.Object, FieldFlags.Required, DatasetTypes.Dataset) { As = View.Create },
    ])
    {
        Operation = Operation.Add,
        CheckOrder = ["fields.name.pattern", "fields.fields.uniqueBy.name", "*.maxLength"],
        Access = MethodAccess.Application,
        Api = BiConnectorRules.Api,
        Messages = BiConnectorRules.DatasetMessages,
        RuleErrors = [new("auth", "ACCESS_DENIED")],
        Errors = [new("SOURCE_NOT_FOUND", "Source was not found.")],
    };

    public static MethodDescriptor Get { get; } = new("biconnector.dataset.get", static () =>
    [
        new("id", ValueKind.Int, FieldFlags.Required) { Rules = new() { Min = 1 } },
    ])
    {
        Operation = Operation.Get,
        Idempotency = Idempotency.Read,
        Access = MethodAccess.Application,
        ResultPath = "item",
        Api = BiConnectorRules.Api,
        Messages = BiConnectorRules.DatasetMessages,
        RuleErrors = [new("auth", "ACCESS_DENIED")],
    };

    public static MethodDescriptor Update { get; } = new("biconnector.dataset.update", static () =>
    [
        new("id", ValueKind.Int, FieldFlags.Required) { Rules = new() { Min = 1 } },
        new("fields", ValueKind.Object, FieldFlags.Required, DatasetTypes.Dataset) { As = View.Update },
    ])
    {
        Operation = Operation.Update,
        Idempotency = Idempotency.Safe,
        Access = MethodAccess.Application,
        Api = BiConnectorRules.Api,
        Messages = BiConnectorRules.DatasetMessages,
        RuleErrors = [new("auth", "ACCESS_DENIED")],
    };

    public static MethodDescriptor List { get; } = new("biconnector.dataset.list", static () =>
    [
        new("select", ValueKind.Object, FieldFlags.None, DatasetTypes.Dataset) { As = View.Select },
        new("filter", ValueKind.Object, FieldFlags.Logic, DatasetTypes.Dataset) { As = View.Filter },
        new("order", ValueKind.Object, FieldFlags.None, DatasetTypes.Dataset) { As = View.Order },
        new("page", ValueKind.Int) { Rules = new() { Min = 1 } },
    ])
    {
        Operation = Operation.List,
        Idempotency = Idempotency.Read,
        Paging = Paging.Page,
        Access = MethodAccess.Application,
        Api = BiConnectorRules.Api,
        Messages = BiConnectorRules.DatasetMessages,
        RuleErrors = [new("auth", "ACCESS_DENIED")],
    };
}
