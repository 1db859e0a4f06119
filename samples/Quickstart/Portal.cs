using Bitrix24;

namespace Quickstart;

/// <summary>The client: everything below it is generated from the spec files that the attribute names.</summary>
[Bitrix24Client("biconnector", "landing.repowidget", "landing.landing.favoriteBlock")]
internal partial class Portal;
