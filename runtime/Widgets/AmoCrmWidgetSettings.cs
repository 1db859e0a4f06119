using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>The settings with which a widget of amoCRM is installed, each in the form that its type has.</summary>
/// <remarks>Source: <see href="https://www.amocrm.ru/developers/content/crm_platform/widgets-api"/>.</remarks>
public sealed class AmoCrmWidgetSettings
{
    private readonly Dictionary<string, JsonNode?> _values = new(StringComparer.Ordinal);

    /// <summary>A setting of the type <c>text</c>.</summary>
    /// <param name="key">The setting.</param>
    /// <param name="value">Its value.</param>
    public AmoCrmWidgetSettings Text(string key, string value) => Set(key, value);

    /// <summary>A setting of the type <c>pass</c>.</summary>
    /// <param name="key">The setting.</param>
    /// <param name="value">The password.</param>
    public AmoCrmWidgetSettings Password(string key, string value) => Set(key, value);

    /// <summary>A setting of the type <c>users</c>.</summary>
    /// <param name="key">The setting.</param>
    /// <param name="extensions">Extensions by the users' ids.</param>
    public AmoCrmWidgetSettings Users(string key, IReadOnlyDictionary<int, string> extensions)
    {
        ArgumentNullException.ThrowIfNull(extensions);
        return Set(key, Object(extensions, static extension => extension));
    }

    /// <summary>A setting of the type <c>users_lp</c>.</summary>
    /// <typeparam name="T">A login: <c>UserLoginCreate</c> of the area <c>widgets</c>.</typeparam>
    /// <param name="key">The setting.</param>
    /// <param name="logins">Logins by the users' ids.</param>
    public AmoCrmWidgetSettings Logins<T>(string key, IReadOnlyDictionary<int, T> logins)
        where T : Bitrix24Input
    {
        ArgumentNullException.ThrowIfNull(logins);
        return Set(key, Object(logins, static login => Json(login)));
    }

    /// <summary>A setting of the type <c>custom</c>, whose form is the widget's own.</summary>
    /// <param name="key">The setting.</param>
    /// <param name="value">Its value.</param>
    public AmoCrmWidgetSettings Custom(string key, JsonNode? value) => Set(key, value);

    /// <summary>What is wrong with the settings by the template that a widget has for them; empty: nothing.</summary>
    /// <param name="template">Of each setting its key, its type, and whether it is required: <c>settings_template</c> of the widget.</param>
    public IReadOnlyList<Violation> Validate(IEnumerable<(string Key, string Type, bool IsRequired)> template)
    {
        ArgumentNullException.ThrowIfNull(template);
        var violations = new List<Violation>();
        foreach (var (key, type, isRequired) in template)
        {
            if (_values.GetValueOrDefault(key) is not { } value)
            {
                if (isRequired)
                    violations.Add(new(RuleIds.Required, $"settings.{key}", "BAD_REQUEST", $"The setting \"{key}\" is required."));
            }
            else if (!HasForm(type, value))
            {
                violations.Add(new(RuleIds.Type, $"settings.{key}", "BAD_REQUEST", $"The setting \"{key}\" must be of the type {type}."));
            }
        }

        return violations;
    }

    /// <summary>The settings as <c>InstallAsync</c> takes them.</summary>
    /// <param name="settings">The settings.</param>
    public static implicit operator Dictionary<string, JsonNode?>(AmoCrmWidgetSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings.ToDictionary();
    }

    /// <summary>The settings as <c>InstallAsync</c> takes them.</summary>
    public Dictionary<string, JsonNode?> ToDictionary() => _values.ToDictionary(static v => v.Key, static v => v.Value?.DeepClone(), StringComparer.Ordinal);

    private AmoCrmWidgetSettings Set(string key, JsonNode? value)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        _values[key] = value;
        return this;
    }

    private static JsonObject Object<T>(IReadOnlyDictionary<int, T> values, Func<T, JsonNode?> write) =>
        new(values.Select(v => KeyValuePair.Create(v.Key.ToString(CultureInfo.InvariantCulture), write(v.Value))));

    private static JsonNode? Json(Bitrix24Input input)
    {
        using var buffer = new PooledBuffer();
        var writer = new FieldWriter(buffer);
        writer.Object(input);
        writer.Flush();
        return JsonNode.Parse(buffer.Memory.Span);
    }

    private static bool HasForm(string? type, JsonNode value) => type switch
    {
        "text" or "pass" => value.GetValueKind() == JsonValueKind.String,
        "users" => value is JsonObject users && users.All(static u => IsId(u.Key) && u.Value?.GetValueKind() == JsonValueKind.String),
        "users_lp" => value is JsonObject users && users.All(static u => IsId(u.Key) && u.Value is JsonObject login && IsText(login, "login") && IsText(login, "password")),
        _ => true,
    };

    private static bool IsText(JsonObject login, string name) => login[name]?.GetValueKind() == JsonValueKind.String;

    private static bool IsId(string key) => key.Length > 0 && key.All(char.IsAsciiDigit);
}
