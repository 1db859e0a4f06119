// What the generator emits once per area and once per client class.
#nullable enable
using Bitrix24;
using Bitrix24.Infrastructure;
using HandWritten.BiConnector;

namespace HandWritten.BiConnector
{
    public static class BiConnectorErrors
    {
        public const string SourceNotFound = "SOURCE_NOT_FOUND";
    }

    public sealed partial class BiConnectorArea(Bitrix24Client client)
    {
        public DatasetClient Dataset { get; } = new(client);
    }

    internal static class BiConnectorRules
    {
        // What the API's profile says; once per client namespace.
        public static ApiDescriptor Api { get; } = new()
        {
            RuleErrors = [new("batch", "ERROR_BATCH_METHOD_NOT_ALLOWED")],
            Errors = [new("ERROR_BATCH_METHOD_NOT_ALLOWED", "Method is not allowed for batch usage")],
            FilterOperators = ["", "=", "!", "!=", ">", ">=", "<", "<=", "@", "!@", "%", "!%", "=%", "%=", "!=%", "!%="],
            OrderDirections = ["ASC", "DESC"],
        };

        // Once per spec file: its "messages".
        public static MethodError[] DatasetMessages { get; } =
        [
            new("VALIDATION_UNKNOWN_PARAMETERS", "Unknown parameters: {list}"),
            new("VALIDATION_REQUIRED_FIELD_MISSING", "Field \"{field}\" is required."),
            new("VALIDATION_READ_ONLY_FIELD", "Field \"{field}\" is read only."),
            new("VALIDATION_IMMUTABLE_FIELD", "Field \"{field}\" is immutable."),
            new("VALIDATION_INVALID_FIELD_TYPE", "Field \"{field}\" must be of type {type}."),
            new("VALIDATION_DATASET_NAME_TOO_LONG", "Dataset name must not exceed 230 characters."),
            new("VALIDATION_DUPLICATE_FIELD_CODE", "Duplicate values found in the \"code\" parameter: {list}"),
        ];
    }

    internal static class BiConnectorMethods
    {
        public static MethodDescriptor? Find(string name) => name.ToLowerInvariant() switch
        {
            "biconnector.dataset.add" => DatasetMethods.Add,
            "biconnector.dataset.get" => DatasetMethods.Get,
            "biconnector.dataset.update" => DatasetMethods.Update,
            "biconnector.dataset.list" => DatasetMethods.List,
            _ => null,
        };
    }
}

namespace HandWritten
{
    // The user writes [Bitrix24Client("biconnector")] public partial class Portal;
    public partial class Portal : Bitrix24Client
    {
        public Portal(Bitrix24Credentials credentials, Bitrix24ClientOptions? options = null)
            : base(credentials, options) => BiConnector = new(this);

        public BiConnectorArea BiConnector { get; }

        protected override MethodDescriptor? FindMethod(string name) => BiConnectorMethods.Find(name);
    }
}
