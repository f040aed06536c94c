using System.Buffers.Text;
using System.Text.Json;

namespace SkillBadges.Core.Storage;

/// <summary>
/// Where a page ended: the first value and the order value of its last row, and that row's id. Both adapters share this
/// form; doors that show a cursor to a client protect it, since an order value may be a name.
/// </summary>
public sealed record PageCursor(string? FirstText, long? FirstNumber, string? OrderText, long? OrderNumber, string Id)
{
    public static PageCursor At(IndexValue first, IndexValue order, string id) => new(first.Text, first.Number, order.Text, order.Number, id);

    public string Encode() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this));

    /// <exception cref="RefusedException"><c>paging.cursor</c> when the text is no cursor.</exception>
    public static PageCursor Decode(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<PageCursor>(Base64Url.DecodeFromChars(text)) is { Id: not null } cursor ? cursor : throw NotACursor();
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            throw NotACursor();
        }
    }

    private static RefusedException NotACursor() => Refused.Invalid("paging.cursor", "This is not a place in the list; please start from the first page.");
}
