using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using SkillBadges.App.Layout;
using SkillBadges.App.Telemetry;
using SkillBadges.Core;

namespace SkillBadges.App.Http;

/// <summary>RFC 9457 (2023-07) problem details, with our stable code.</summary>
internal sealed record ProblemBody(string Type, string Title, int Status, string Detail, string Code, string TraceId);

/// <summary>The only place where a refusal becomes an answer: problem+json for programs, a page for browsers.</summary>
internal sealed partial class Problems(RequestDelegate next, ILogger<Problems> log)
{
    // What is out of reach now is so for some seconds mostly.
    private static readonly TimeSpan? Later = TimeSpan.FromSeconds(5);

    // What programs read is in one language.
    private static readonly Texts English = new("en");

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (context.Response.StatusCode >= 400 && !context.Response.HasStarted && context.Response.ContentLength is null)
            {
                if (IsOldForm(context))
                {
                    context.Response.Clear();
                    SecurityHeaders.Apply(context);
                    await AnswerAsync(context, OldForm(context));
                }
                else if (context.Response.ContentType is null)
                {
                    await AnswerAsync(context, Bare(context.Response.StatusCode));
                }
            }
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; whatever was thrown, nobody reads an answer.
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            SecurityHeaders.Apply(context);
            await AnswerAsync(context, Map(context, e));
        }
    }

    public static int StatusOf(RefusedException refusal) => refusal is RequestRefusedException door ? door.Status : refusal.Kind switch
    {
        RefusalKind.Invalid => 422,
        RefusalKind.Unauthenticated => 401,
        RefusalKind.Forbidden => 403,
        RefusalKind.NotFound => 404,
        RefusalKind.Conflict => 409,
        RefusalKind.Stale => 412,
        RefusalKind.Gone => 410,
        RefusalKind.Unavailable => 503,
        _ => throw new InvalidOperationException($"No status for {refusal.Kind}."),
    };

    private RefusedException Map(HttpContext context, Exception e)
    {
        switch (e)
        {
            case RefusedException refusal:
                return refusal;
            // Signed in or out in another window meanwhile.
            case AntiforgeryValidationException:
            case InvalidOperationException when context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false }:
                return OldForm(context);
            case BadHttpRequestException { InnerException: JsonException fault } when RequestType(context) is { } type:
                return RequestJson.Fault(context.Features.Get<RequestBody>()?.Bytes ?? [], type, fault);
            case BadHttpRequestException when context.Features.Get<RequestBody>() is { IsNull: true }:
                return RequestRefused.With(400, "request.body-missing", "This request needs a JSON body.");
            case BadHttpRequestException bad:
                return bad.StatusCode == 400 ? RequestRefused.With(400, "request.parameter", "A part of the address, a header or a form field is missing or has the wrong form.") : Bare(bad.StatusCode);
            case InvalidDataException when context.Request.HasFormContentType:
                return RequestRefused.With(413, "request.too-large", "The form is larger than allowed.");
            default:
                // The message of an exception may quote what somebody typed; its type and its way through the code do not.
                LogFailure(e.GetType().FullName ?? "", e.HResult, e.StackTrace ?? "", e.InnerException?.GetType().FullName);
                return Bare(500);
        }
    }

    private static RequestRefusedException OldForm(HttpContext context)
    {
        // What says so takes nothing from the form, be its token good or not.
        context.Features.Set<IAntiforgeryValidationFeature>(null);
        return RequestRefused.With(400, "request.form-old", "This form does not fit its page any more: it was open for long, or what it was about is done already. Please open the page again and look.");
    }

    // A page answers so, with nothing on it, when it draws no such form now: somebody else was faster, or the same form was sent twice.
    private static bool IsOldForm(HttpContext context) =>
        context.Response.StatusCode == 400 && HttpMethods.IsPost(context.Request.Method) && context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;

    private static RequestRefusedException Bare(int status) => status switch
    {
        401 => RequestRefused.SignInFirst(),
        403 => RequestRefused.With(403, "request.forbidden", "You may not do this."),
        404 => RequestRefused.With(404, "request.no-such-address", "There is nothing at this address."),
        405 => RequestRefused.With(405, "request.method", "This address exists, but not for this method."),
        413 => RequestRefused.With(413, "request.too-large", "The request is larger than allowed."),
        415 => RequestRefused.With(415, "request.media-type", "Please send JSON, with the header Content-Type: application/json."),
        504 => RequestRefused.With(504, "request.timeout", "This took too long and was stopped. Please try again later."),
        < 500 => RequestRefused.With(status, "request.bad", "The request cannot be understood."),
        _ => RequestRefused.With(500, "server.fault", "Something went wrong here. What you sent may not have been done; please look before sending it again."),
    };

    private static Type? RequestType(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType;

    private async Task AnswerAsync(HttpContext context, RefusedException refusal)
    {
        var status = StatusOf(refusal);
        WarnOfUndeclared(context, status, refusal.Code);
        RequestMeters.Refused(refusal.Code, status);
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
        if (((refusal as RequestRefusedException)?.RetryAfter ?? (status == StatusCodes.Status503ServiceUnavailable ? Later : null)) is { } wait)
        {
            context.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        if (status == 401 && context.Response.Headers.WWWAuthenticate.Count == 0)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
        }

        var body = new ProblemBody($"/problems/{refusal.Code}", ProblemTitles.Of(English, status), status, refusal.Message, refusal.Code, TraceId(context));
        if (WantsPage(context.Request))
        {
            // The page that failed may have left its renderer half-way; this one gets a scope of its own.
            await using var scope = context.RequestServices.CreateAsyncScope();
            context.RequestServices = scope.ServiceProvider;
            await new RazorComponentResult<ErrorPage>(new { body.Status, body.Detail, body.Code, refusal.Values, body.TraceId }) { StatusCode = status, PreventStreamingRendering = true }.ExecuteAsync(context);
            return;
        }

        context.Response.ContentType = "application/problem+json";
        await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(body, RequestJson.Strict), context.RequestAborted);
    }

    private static string TraceId(HttpContext context) => Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;

    private static bool WantsPage(HttpRequest request) =>
        !request.Path.StartsWithSegments("/api") && request.Headers.Accept.Any(accept => accept?.Contains("text/html", StringComparison.OrdinalIgnoreCase) == true);

    // What an operation may answer is part of its contract; an answer outside of it is a fault of ours, not the client's.
    private void WarnOfUndeclared(HttpContext context, int status, string code)
    {
        if (context.GetEndpoint() is RouteEndpoint endpoint && endpoint.Metadata.GetMetadata<ApiOperation>() is not null
            && !Refusals.Of(endpoint).Any(declared => declared.Status == status && declared.Code == code))
        {
            LogUndeclared(code, status, context.Request.Method, endpoint.RoutePattern.RawText ?? "");
        }
    }

    [LoggerMessage(1, LogLevel.Error, "A request failed: {Type} {HResult}, inner {Inner}: {StackTrace}")]
    private partial void LogFailure(string type, int hResult, string stackTrace, string? inner);

    [LoggerMessage(2, LogLevel.Warning, "Undeclared refusal {Code} with {Status} at {Method} {Route}")]
    private partial void LogUndeclared(string code, int status, string method, string route);
}
