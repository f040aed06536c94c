namespace SkillBadges.App.Http;

/// <summary>
/// A browser sends the cookie along whatever page asks. So a change that rests on the cookie must say that it comes from
/// a page of ours; forms carry an antiforgery token besides.
/// </summary>
internal sealed class SameOrigin(RequestDelegate next, Settings settings)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        var changes = !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method));
        return changes && !request.Headers.ContainsKey("Authorization") && !IsOurs(request)
            ? throw RequestRefused.With(403, "request.cross-site", "This came from a page of another site, so nothing was done.")
            : next(context);
    }

    private bool IsOurs(HttpRequest request)
    {
        if (request.Headers.Origin is [{ } origin])
        {
            return origin == settings.Address.BaseUrl || origin == $"{request.Scheme}://{request.Host}";
        }

        // No browser of today leaves both headers out of a POST; a program does, and has no cookie that anyone could ride on.
        return request.Headers["Sec-Fetch-Site"] is [{ } site] ? site is "same-origin" or "none" : request.Headers.Cookie.Count == 0;
    }
}
