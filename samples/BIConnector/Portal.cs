using Bitrix24;

namespace BIConnector;

[Bitrix24Client("biconnector")]
public partial class Portal;
