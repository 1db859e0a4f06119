using System.Runtime.CompilerServices;
using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Operations;

/// <summary>Whether a method or a seed puts records into a store. Of a store that nothing fills, nothing can be known.</summary>
internal sealed class StoreUse
{
    private static readonly ConditionalWeakTable<RecordStore, StoreUse> Known = [];

    private readonly RecordStore _store;
    private HashSet<string>? _made;

    private StoreUse(RecordStore store) => _store = store;

    /// <summary>That of a store: finding out looks at every method, once.</summary>
    public static StoreUse Of(RecordStore store) => Known.GetValue(store, static s => new StoreUse(s));

    public bool IsMade(RecordTable table) =>
        table.IsKept || table.Spec.Records.Count > 0 || (_made ??= Find()).Contains(table.Name)
            || _made.Any(name =>
                name.Contains('{', StringComparison.Ordinal) && table.Name.StartsWith(name[..name.IndexOf('{', StringComparison.Ordinal)], StringComparison.Ordinal));

    private HashSet<string> Find()
    {
        var made = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var spec in _store.State.Stores)
            AddFollowing(made, spec.Then);
        foreach (var profile in _store.Specs.Profiles)
        {
            foreach (var name in _store.Specs.MethodNames(profile.Api))
            {
                if (_store.Specs.FindMethod(name, profile.Api) is not { } method)
                    continue;
                var binding = new MethodBinding(_store, method);
                if (binding.StoreName is { } filled && (binding.Operation is Operation.Add or Operation.Upsert or Operation.PatchItems || binding.State.Do == OperationRunner.Replace))
                    made.Add(_store.State.Store(filled).Name);
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
