using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.HttpApis;

/// <summary>Checks the settings of a widget by the template that the widget has for them.</summary>
internal static class WidgetSettings
{
    /// <summary>What is missing or of another form than the setting's type has.</summary>
    /// <param name="method">The method's name.</param>
    /// <param name="widget">The widget.</param>
    /// <param name="settings">The settings given.</param>
    public static IReadOnlyList<SpecViolation> Check(string method, JsonObject widget, JsonObject settings)
    {
        var violations = new List<SpecViolation>();
        foreach (var setting in (widget["settings_template"] as JsonArray ?? []).OfType<JsonObject>())
        {
            var key = JsonValues.Text(setting["key"]) ?? "";
            var type = JsonValues.Text(setting["type"]);
            if (JsonValues.IsNothing(settings[key]))
            {
                if (JsonValues.Text(setting["is_required"]) == "1")
                    violations.Add(Broken(RuleIds.Required, "required", key, $"The setting \"{key}\" of {method} is missing."));
            }
            else if (!HasForm(type, settings[key]!))
            {
                violations.Add(Broken(RuleIds.Type, "type", key, $"The setting \"{key}\" of {method} is not of the type {type}."));
            }
        }

        return violations;
    }

    private static bool HasForm(string? type, JsonNode value) => type switch
    {
        "text" or "pass" => IsText(value),
        // By the users' ids: an extension, or login and password.
        "users" => value is JsonObject users && users.All(static u => IsId(u.Key) && IsText(u.Value)),
        "users_lp" => value is JsonObject users && users.All(static u =>
            IsId(u.Key) && u.Value is JsonObject login && IsText(login["login"]) && IsText(login["password"])),
        _ => true,
    };

    private static bool IsId(string key) => key.Length > 0 && key.All(char.IsAsciiDigit);

    private static bool IsText(JsonNode? value) => value?.GetValueKind() == System.Text.Json.JsonValueKind.String;

    private static SpecViolation Broken(string id, string rule, string path, string message) =>
        new(id, rule, path, "BAD_REQUEST", message, RuleSeverity.Error, default, null);
}
