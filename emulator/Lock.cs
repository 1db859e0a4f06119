#if !NET9_0_OR_GREATER
namespace System.Threading;

/// <summary>.NET 8 has no such class: there it is an object to lock on.</summary>
internal sealed class Lock;
#endif
