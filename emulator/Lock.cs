#if !NET9_0_OR_GREATER
// .NET 8 has no such class: there it is any object to lock on.
global using Lock = object;
#endif
