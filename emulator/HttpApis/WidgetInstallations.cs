using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Emulator.Rest;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.HttpApis;

/// <summary>Installs widgets into the account and takes them out again; the widget itself stays in the catalogue.</summary>
internal sealed class WidgetInstallations(Portal portal, string api)
{
    private const string Install = "widgets.install";
    private const string Uninstall = "widgets.uninstall";

    private const string Settings = "settings";

    /// <summary>The field that names the integration which a widget belongs to.</summary>
    private const string Linked = "client_uuid";

    public bool Handles(MethodSpec method) => method.Name is Install or Uninstall;

    /// <summary>
    /// Settings, with their passwords, are shown to the integration that the widget is linked to, and with the single widget
    /// only. What installs a widget sees what it has just set.
    /// </summary>
    public void HideSettings(MethodSpec method, JsonNode? result)
    {
        if (result is JsonObject widget && method.Paging != Paging.Link)
        {
            if (JsonValues.Text(widget[Linked]) != portal.Options.ClientId)
                widget.Remove(Settings);
            return;
        }

        foreach (var listed in Listed(method, result))
            listed.Remove(Settings);
    }

    private static IEnumerable<JsonObject> Listed(MethodSpec method, JsonNode? result)
    {
        foreach (var step in method.Result?.At?.Split('.') ?? [])
            result = (result as JsonObject)?[step];
        return (result as JsonArray ?? []).OfType<JsonObject>();
    }

    public Answer Run(MethodSpec method, JsonObject parameters, Success success)
    {
        lock (portal.Records.Gate)
        {
            var table = portal.Records.Table(method.Of, api);
            if (table?.FindBy(table.Columns.Declare("code"), Values.From(parameters["widget_code"])) is not { } record)
                return new Failure("NOT_FOUND", "The widget was not found.", 404);
            var widget = portal.Records.TypeOf(method.Of, api)!.See(record);
            var settings = parameters[Settings] as JsonObject ?? [];
            if (method.Name == Install && WidgetSettings.Check(method.Name, widget, settings) is { Count: > 0 } violations)
                return new Failure("BAD_REQUEST", "Request validation failed", 400) { Violations = violations };
            table.Change(record, () =>
            {
                record.Set("is_active_in_account", method.Name == Install);
                record.Set(Settings, method.Name == Install ? settings.DeepClone() : null);
            });
            portal.Records.Journal.Commit();
            return success with { Result = portal.Records.TypeOf(method.Of, api)!.See(record) };
        }
    }
}
