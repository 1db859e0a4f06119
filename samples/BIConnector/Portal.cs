using Bitrix24;

namespace BIConnector;

[Bitrix24Client("biconnector")]
internal partial class Portal;
