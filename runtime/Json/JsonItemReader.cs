using System.ComponentModel;
using System.Text.Json;

namespace Bitrix24.Infrastructure;

/// <summary>Reads the current value and leaves the reader on its last token.</summary>
/// <typeparam name="T">What is read.</typeparam>
/// <param name="reader">The reader.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate T JsonItemReader<out T>(ref FieldReader reader);
