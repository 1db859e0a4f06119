using System.Linq;

namespace Bitrix24.Gen.Specs.Contract;

/// <summary>Lowers the profile of an API.</summary>
internal static class ApiLowering
{
    public static ApiDescriptor Lower(ProfileSpec profile) => new()
    {
        Envelope = profile.Envelope.Style,
        NameCase = profile.NameCase,
        LooseTypes = profile.LooseTypes,
        FilterOperators = [.. profile.FilterOperators.Select(static o => o.Prefix)],
        FilterKeys = [.. profile.FilterKeys.Select(static o => o.Prefix)],
        ListOperators = Operators(profile, "in", "notIn"),
        ContainsOperators = Operators(profile, "contains", "notContains"),
        LikeOperators = Operators(profile, "like", "notLike"),
        CamelCaseFields = profile.CamelCaseFields,
        OrderDirections = [.. profile.OrderDirections],
        OrderForms = [.. profile.OrderForms],
        CommonParameters = [.. profile.CommonParams],
        BatchLimit = profile.BatchLimit,
        RuleErrors = [.. profile.RuleErrors],
        Errors = Texts(profile.SystemErrors),
    };

    private static string[] Operators(ProfileSpec profile, params string[] names) =>
        [.. profile.FilterOperators.Where(o => names.Contains(o.Name)).Select(static o => o.Prefix)];

    /// <summary>The errors that have a text.</summary>
    public static MethodError[] Texts(EquatableArray<ErrorSpec> errors) =>
        [.. errors.Where(static e => e.Message is not null).Select(static e => new MethodError(e.Code, e.Message))];
}
