using System.Linq;

namespace Bitrix24.Gen.Specs;

/// <summary>Says of each method what its profile says of the module: nothing later needs to know of modules.</summary>
internal static class ModuleFacts
{
    public static SpecFile Apply(SpecFile file, ProfileSpec profile)
    {
        if (profile.Modules.Count == 0 || !file.Methods.Any(m => Of(m.Name, profile) is not null))
            return file;
        return file with { Methods = new([.. file.Methods.Select(m => Apply(m, Of(m.Name, profile)))]) };
    }

    private static MethodSpec Apply(MethodSpec method, ModuleSpec? module) => module is null ? method : method with
    {
        NameCase = method.NameCase ?? module.NameCase,
        QueryCase = method.QueryCase ?? module.QueryCase,
        Positional = method.Positional || module.Positional,
    };

    /// <summary>The module with the longest prefix that the name begins with, word by word.</summary>
    private static ModuleSpec? Of(string method, ProfileSpec profile)
    {
        ModuleSpec? best = null;
        foreach (var module in profile.Modules)
        {
            if (module.Prefix.Length > (best?.Prefix.Length ?? 0) && method.StartsWith(module.Prefix, StringComparison.OrdinalIgnoreCase)
                && (method.Length == module.Prefix.Length || method[module.Prefix.Length] == '.'))
            {
                best = module;
            }
        }

        return best;
    }
}
