using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Http;

/// <summary>
/// The version that the client read, from <c>If-Match: "v7"</c>, for an endpoint's parameter; null when it sent none or
/// <c>*</c>. Hand it to the workflow, which says <c>read.MustBe(version)</c>.
/// </summary>
internal sealed record IfMatch(long? Version) : IBindableFromHttpContext<IfMatch>, IEndpointParameterMetadataProvider
{
    /// <summary>For a change that must not be made blindly.</summary>
    /// <exception cref="RequestRefusedException"><c>request.if-match-required</c> (428).</exception>
    public long Required => Version ?? throw RequestRefused.With(428, "request.if-match-required", "Please send If-Match with the ETag of what you read, so that nobody's change is lost.");

    public static ValueTask<IfMatch?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var header = context.Request.Headers.IfMatch;
        if (header.Count == 0 || header is ["*"])
        {
            return ValueTask.FromResult<IfMatch?>(new IfMatch((long?)null));
        }

        return header is [{ Length: >= 4 } tag] && tag.StartsWith("\"v", StringComparison.Ordinal) && tag.EndsWith('"')
            && long.TryParse(tag.AsSpan(2, tag.Length - 3), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? ValueTask.FromResult<IfMatch?>(new IfMatch(version))
            : throw RequestRefused.With(400, "request.if-match", "If-Match takes one ETag as this server gave it, such as \"v7\".");
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(TakesIfMatch.Instance);
}

internal sealed class TakesIfMatch : IDeclaresRefusals
{
    public static readonly TakesIfMatch Instance = new();

    public IReadOnlyList<DeclaredRefusal> Refusals { get; } =
        [new(412, "request.stale"), new(400, "request.if-match"), new(428, "request.if-match-required"), new(409, "storage.version-conflict")];
}

/// <summary>A document's version as an entity tag.</summary>
internal static class EntityTags
{
    public static void SetVersion(this HttpContext context, long version) =>
        context.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"v{version}\"");

    /// <summary>A document as it is shown, its version as the answer's entity tag.</summary>
    public static TView Answer<T, TView>(this HttpContext context, Read<T> read, Func<T, TView> view)
        where T : class => context.Answer(read, whole => view(whole.Document));

    /// <inheritdoc cref="Answer{T,TView}(HttpContext, Read{T}, Func{T, TView})"/>
    public static TView Answer<T, TView>(this HttpContext context, Read<T> read, Func<Read<T>, TView> view)
        where T : class
    {
        context.SetVersion(read.Version);
        return view(read);
    }
}
