using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Operations;

/// <summary>Whether a method or a seed puts records into a store. Of a store that nothing fills, nothing can be known.</summary>
internal sealed class StoreUse(RecordStore store)
{
    private HashSet<string>? _made;

    public bool IsMade(RecordTable table) =>
        table.IsKept || table.Spec.Records.Count > 0 || (_made ??= Find()).Contains(table.Name)
            || _made.Any(name =>
                name.Contains('{', StringComparison.Ordinal) && table.Name.StartsWith(name[..name.IndexOf('{', StringComparison.Ordinal)], StringComparison.Ordinal));

    private HashSet<string> Find()
    {
        var made = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var spec in store.State.Stores)
            AddFollowing(made, spec.Then);
        foreach (var profile in store.Specs.Profiles)
        {
            foreach (var name in store.Specs.MethodNames(profile.Api))
            {
                if (store.Specs.FindMethod(name, profile.Api) is not { } method)
                    continue;
                var binding = new MethodBinding(store, method);
                if (binding.StoreName is { } filled && (binding.Operation is Operation.Add or Operation.Upsert or Operation.PatchItems || binding.State.Do == OperationRunner.Replace))
                    made.Add(store.State.Store(filled).Name);
                AddFollowing(made, binding.State.Then ?? []);
            }
        }

        return made;
    }

    /// <summary>What other records bring with them is made, too.</summary>
    private static void AddFollowing(HashSet<string> made, IReadOnlyList<JsonObject> steps)
    {
        foreach (var step in steps)
        {
            if (JsonValues.Text(step["do"]) is "add" or "ensure" && JsonValues.Text(step["store"]) is { } name)
                made.Add(name);
        }
    }
}
