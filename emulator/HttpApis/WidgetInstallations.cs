using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Emulator.Rest;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.HttpApis;

/// <summary>Installs widgets into the account and takes them out again; the widget itself stays in the catalogue.</summary>
internal sealed class WidgetInstallations(Portal portal, string api)
{
    private const string Install = "widgets.install";
    private const string Uninstall = "widgets.uninstall";

    public bool Handles(MethodSpec method) => method.Name is Install or Uninstall;

    public Answer Run(MethodSpec method, JsonObject parameters, Success success)
    {
        lock (portal.Records.Gate)
        {
            var widget = portal.Records.Table(method.Of, api)?.FindBy("code", parameters["widget_code"]);
            if (widget is null)
                return new Failure("NOT_FOUND", "The widget was not found.", 404);
            var settings = parameters["settings"] as JsonObject ?? [];
            if (method.Name == Install && WidgetSettings.Judge(method.Name, widget, settings) is { Count: > 0 } violations)
                return new Failure("BAD_REQUEST", "Request validation failed", 400) { Violations = violations };
            widget["is_active_in_account"] = method.Name == Install;
            widget["settings"] = method.Name == Install ? settings.DeepClone() : null;
            return success with { Result = widget.DeepClone() };
        }
    }
}
