namespace Bitrix24.Gen.Specs;

/// <summary>
/// Types of the namespaces that the SDK imports by itself. A spec's type of the same name would make it ambiguous wherever
/// both namespaces are in use: <c>async Task Main()</c> no longer compiles below <c>using Bitrix24.Tasks;</c>.
/// </summary>
internal static class UsualNames
{
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "Action", "Array", "Attribute", "Barrier", "Boolean", "Buffer", "Byte", "Char", "Comparer", "Console", "Convert", "DateTime",
        "Decimal", "Delegate", "Dictionary", "Directory", "Double", "Enum", "Environment", "Exception", "File", "Func", "Guid", "Half",
        "HttpMethod", "Index", "Lazy", "List", "Lock", "Lookup", "Math", "Monitor", "Nullable", "Object", "Parallel", "Path", "Progress",
        "Queue", "Random", "Range", "Semaphore", "Single", "Stack", "Stream", "String", "Task", "Thread", "Timeout", "Timer", "Tuple",
        "Type", "Uri", "Version", "Volatile",
    };

    /// <summary>What tells a name apart from a usual one; empty where it is none.</summary>
    public static string Suffix(string name) => Names.Contains(name) ? "Record" : "";
}
