using Bitrix24;

namespace Bitrix24.Gen.Benchmarks;

[Bitrix24Client("biconnector")]
public partial class Portal;
