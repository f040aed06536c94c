using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.WebUtilities;
using SkillBadges.Core;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Http;

/// <summary>A page of an answer.</summary>
/// <param name="Items">In the order of the list.</param>
/// <param name="Next">The cursor of the page after; absent at the end.</param>
internal sealed record PageOf<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>
/// <c>?limit=</c> (1 to 200) and <c>?cursor=</c>, for an endpoint's parameter. Cursors are encrypted, since an order value
/// may be a name, and belong to one list, since another list's place means nothing here.
/// </summary>
internal sealed record Paging(int Limit, string? Cursor, HttpContext Context, IDataProtector Protector) : IBindableFromHttpContext<Paging>, IEndpointParameterMetadataProvider
{
    public const int MaxLimit = 200;
    public const int DefaultLimit = 50;

    /// <summary>The query for this page.</summary>
    public DocumentQuery<T> Of<T>(DocumentQuery<T> query)
        where T : class => query.Take(Limit).After(Cursor);

    /// <summary>The answer, and its <c>Link: rel="next"</c>.</summary>
    public PageOf<TView> Answer<T, TView>(Page<T> page, Func<Read<T>, TView> view)
        where T : class => Answer([.. page.Items.Select(view)], page.Next);

    /// <summary>As the other, for items that were made in another way.</summary>
    public PageOf<TView> Answer<TView>(IReadOnlyList<TView> items, string? nextCursor)
    {
        if (nextCursor is null)
        {
            return new(items, null);
        }

        var next = WebEncoders.Base64UrlEncode(Protector.Protect(Encoding.UTF8.GetBytes(nextCursor)));
        var query = Context.Request.Query.Where(pair => pair.Key != "cursor").SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value));
        Context.Response.Headers.Link = $"<{QueryHelpers.AddQueryString(Context.Request.Path, query.Append(new("cursor", next)))}>; rel=\"next\"";
        return new(items, next);
    }

    /// <summary>A page of a list that one document holds and that only grows at its end.</summary>
    /// <exception cref="RefusedException"><c>paging.cursor</c>.</exception>
    public PageOf<TView> AnswerFrom<T, TView>(IReadOnlyList<T> whole, Func<T, TView> view)
    {
        var from = Cursor is null ? 0 : int.TryParse(Cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place <= whole.Count ? place : throw NoPlace();
        var upTo = Math.Min(from + Limit, whole.Count);
        return Answer([.. whole.Skip(from).Take(Limit).Select(view)], upTo < whole.Count ? upTo.ToString(CultureInfo.InvariantCulture) : null);
    }

    public static ValueTask<Paging?> BindAsync(HttpContext context, ParameterInfo parameter) => ValueTask.FromResult<Paging?>(Asked(context));

    /// <summary>What the address asks for, also of a page.</summary>
    /// <exception cref="RefusedException"><c>paging.limit</c>, <c>paging.cursor</c>.</exception>
    public static Paging Asked(HttpContext context)
    {
        var limit = DefaultLimit;
        var asked = context.Request.Query["limit"];
        if (asked.Count > 0 && (asked.Count > 1 || !int.TryParse(asked[0], NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MaxLimit))
        {
            throw Refused.Invalid("paging.limit", $"limit is a whole number from 1 to {MaxLimit}.");
        }

        var protector = context.RequestServices.GetRequiredService<IDataProtectionProvider>().CreateProtector("paging", context.Request.Path.Value ?? "");
        return new Paging(limit, Opened(context.Request.Query["cursor"], protector), context, protector);
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(TakesPaging.Instance);

    private static string? Opened(Microsoft.Extensions.Primitives.StringValues cursor, IDataProtector protector)
    {
        if (cursor.Count == 0)
        {
            return null;
        }

        try
        {
            return Encoding.UTF8.GetString(protector.Unprotect(WebEncoders.Base64UrlDecode(cursor.ToString())));
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            throw NoPlace();
        }
    }

    private static RefusedException NoPlace() => Refused.Invalid("paging.cursor", "This is not a place in this list; please start from the first page.");
}

internal sealed class TakesPaging : IDeclaresRefusals
{
    public static readonly TakesPaging Instance = new();

    public IReadOnlyList<DeclaredRefusal> Refusals { get; } = [new(422, "paging.limit"), new(422, "paging.cursor")];
}
