using Bitrix24;

namespace VibeCodeSample;

/// <summary>The client: an attribute names the entities, the rest is generated.</summary>
[VibeCodeClient("deals", "items", "batch")]
internal partial class Crm;
