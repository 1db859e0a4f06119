using System.ComponentModel;

namespace Bitrix24.Infrastructure;

/// <summary>Of a list method without a filter, select or order.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct NoFields;
