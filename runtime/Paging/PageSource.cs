using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>The position of an enumeration, as a page gives it.</summary>
/// <param name="Count">Its records.</param>
/// <param name="Next">The offset of the next page.</param>
/// <param name="Total">Records in all.</param>
/// <param name="HasMore">Whether there is another page.</param>
/// <param name="Digest">A digest of the page, by which a repeated page is recognized.</param>
/// <param name="Keys">The ids of its records.</param>
internal readonly record struct PageCounts(int Count, long? Next = null, long? Total = null, bool? HasMore = null, string? Digest = null, PageKeys? Keys = null);

/// <summary>Knows which page of a list comes next. An enumeration that does not move on is an error, not an endless loop.</summary>
internal abstract class PageSource(MethodDescriptor method, JsonObject parameters)
{
    public bool IsDone { get; protected set; }

    public int Pages { get; protected set; }

    public long Items { get; protected set; }

    /// <summary>Records in all, where the server says.</summary>
    public long? Total { get; protected set; }

    /// <summary>Records of a full page.</summary>
    public long Size { get; protected set; } = method.PageSize;

    /// <summary>The name of the ids to look for in the pages; null: none.</summary>
    public virtual byte[]? Key => null;

    /// <summary>The parameter that each of several pages takes from the page before; null: none does.</summary>
    public virtual string? Link => null;

    /// <summary>Where the page before has that value.</summary>
    public virtual string LinkedPath => "";

    /// <summary>Pages that may be asked for at once.</summary>
    public virtual long Foreseen => 1;

    /// <summary>Goes on in place of this one, where a page showed that this way does not work; null: this one does.</summary>
    public PageSource? Successor { get; protected set; }

    protected MethodDescriptor Method => method;

    protected JsonObject Parameters => parameters;

    /// <summary>What to send for a page.</summary>
    /// <param name="ahead">How many pages after the next.</param>
    public abstract JsonObject Ask(int ahead = 0);

    /// <summary>Whether a page that was asked for ahead is the next one.</summary>
    public virtual bool IsNext(JsonObject asked) => true;

    /// <summary>Takes a page in; false: it is none of the list's next, and the <see cref="Successor"/> asks again.</summary>
    public abstract bool Take(PageCounts page);

    /// <summary>The way to page through a list.</summary>
    /// <param name="method">The method.</param>
    /// <param name="parameters">What the user's call sends.</param>
    /// <param name="position">Where the user's call begins.</param>
    /// <param name="mode">How to page.</param>
    /// <param name="wanted">Records wanted.</param>
    public static PageSource Of(MethodDescriptor method, JsonObject parameters, long? position, PagingMode mode, long wanted) => method.Paging switch
    {
        Paging.Cursor => new CursorPages(method, parameters, mode, wanted),
        Paging.Start when position is null && mode != PagingMode.Plain && KeyPages.Of(method, parameters) is { } keyed => keyed,
        _ => new PositionPages(method, parameters, position, mode, wanted),
    };

    /// <summary>The parameters of a call, to be changed from page to page.</summary>
    /// <exception cref="ArgumentException">A parameter is given twice; the server would drop one of them.</exception>
    public static JsonObject ParametersOf(IBitrix24Request request)
    {
        using var body = new PooledBuffer();
        request.WriteParameters(body);
        using var document = JsonDocument.Parse(body.Memory);
        var parameters = new JsonObject();
        foreach (var member in document.RootElement.EnumerateObject())
        {
            if (parameters.ContainsKey(member.Name))
                throw new ArgumentException($"{request.Method.Name} is given '{member.Name}' twice, once in Extra; the server would drop one of them.");
            parameters[member.Name] = JsonNode.Parse(member.Value.GetRawText());
        }

        return parameters;
    }

    /// <summary>A copy of the parameters, for a page that is asked for with others.</summary>
    protected JsonObject Copy() => (JsonObject)parameters.DeepClone();

    /// <summary>Whether another page follows a page, where only its length tells.</summary>
    /// <param name="count">Its records.</param>
    /// <param name="asked">Records that were asked for.</param>
    /// <param name="largest">Records of the largest page so far.</param>
    /// <remarks>
    /// The server may give fewer records a page than it is asked for. No method gives fewer than its documented page, so
    /// that a page shorter than that is the last; so is one shorter than a page before it.
    /// </remarks>
    protected bool IsFull(int count, long asked, long largest) =>
        count > 0 && count >= largest && count >= Math.Min(asked > 0 ? asked : long.MaxValue, method.PageSize);

    /// <summary>A number, also as text.</summary>
    protected static long? Number(JsonNode? node) => node is JsonValue
        && long.TryParse(node.ToJsonString().AsSpan().Trim('"'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>The parameter of a view, or of a name in any case.</summary>
    protected static FieldDescriptor? Parameter(MethodDescriptor method, string name, View? view = null)
    {
        var all = method.Parameters.FieldArray;
        return Array.Find(all, p => view is not null && p.As == view)
            ?? Array.Find(all, p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    protected NotSupportedException CannotPage(string why) =>
        new($"{method.Name} cannot be paged through: {why}. Send its request page by page with SendAsync.");

    protected Bitrix24ProtocolException Stalled(string what) =>
        new($"{method.Name}: the list does not move on: {what}") { Method = method.Name };
}
