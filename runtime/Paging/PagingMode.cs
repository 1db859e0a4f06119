namespace Bitrix24;

/// <summary>How a list is paged through. All ways give the same records; they differ in what they cost.</summary>
public enum PagingMode
{
    /// <summary>By the fewest requests: by id where the order allows it, pages packed into batches, large pages in REST 3.0.</summary>
    Fastest,

    /// <summary>By id where the order allows it; a request for each page.</summary>
    PageByPage,

    /// <summary>By the server's own positions, in its own order; a request for each page.</summary>
    Plain,
}
