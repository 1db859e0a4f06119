// What the generator emits once per area and once per client class.
#nullable enable
using Bitrix24;
using Bitrix24.Descriptors;
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
        // One list for the methods of the area: it is the spec files' common rule errors.
        public static RuleError[] Errors { get; } =
        [
            new("required", "VALIDATION_REQUIRED_FIELD_MISSING", "Field \"{field}\" is required."),
            new("readOnly", "VALIDATION_READ_ONLY_FIELD", "Field \"{field}\" is read only."),
            new("immutable", "VALIDATION_IMMUTABLE_FIELD", "Field \"{field}\" is immutable."),
            new("type", "VALIDATION_INVALID_FIELD_TYPE", "Field \"{field}\" must be of type {type}."),
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
