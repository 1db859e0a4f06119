using System.Linq;

namespace Bitrix24.Gen.Specs;

/// <summary>Says of each method what its profile says of the module: nothing later needs to know of modules.</summary>
internal static class ModuleFacts
{
    public static SpecFile Apply(SpecFile file, ProfileSpec profile)
    {
        if (profile.Modules.Count == 0 || !file.Methods.Any(m => profile.Module(m.Name) is not null))
            return file;
        return file with { Methods = new([.. file.Methods.Select(m => Apply(m, profile.Module(m.Name)))]) };
    }

    private static MethodSpec Apply(MethodSpec method, ModuleSpec? module) => module is null ? method : method with
    {
        NameCase = method.NameCase ?? module.NameCase,
        QueryCase = method.QueryCase ?? module.QueryCase,
        Positional = method.Positional || module.Positional,
    };
}
