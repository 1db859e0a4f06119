namespace Bitrix24.AspNetCore;

/// <summary>The events of an application's life, which have handlers of their own kind.</summary>
internal static class LifecycleCodes
{
    public const string Install = "ONAPPINSTALL";
    public const string Update = "ONAPPUPDATE";
    public const string Uninstall = "ONAPPUNINSTALL";

    public static bool Contains(string code) => code.ToUpperInvariant() is Install or Update or Uninstall;
}
