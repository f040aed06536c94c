namespace SkillBadges.Credentials.Dids;

/// <summary>did:key from the name itself, did:web through the fetch it is handed.</summary>
/// <param name="fetch">Decides which hosts may be asked at all.</param>
/// <param name="httpOrigins">Loopback origins such as <c>http://localhost:5080</c> that are asked without TLS.</param>
public sealed class DidResolver(Fetch fetch, IReadOnlyCollection<string> httpOrigins) : IDidResolver
{
    public async ValueTask<DidResolution> ResolveAsync(string did, CancellationToken cancellationToken)
    {
        try
        {
            if (did.StartsWith(DidKey.Prefix, StringComparison.Ordinal))
            {
                return DidResolution.Resolved(DidKey.Resolve(did));
            }

            if (!did.StartsWith(DidWeb.Prefix, StringComparison.Ordinal))
            {
                return DidResolution.Failed(DidResolutionStatus.MethodNotSupported);
            }

            return DidWeb.ToUrl(did, httpOrigins) is { } url
                ? await FetchAsync(did, url, cancellationToken).ConfigureAwait(false)
                : DidResolution.Malformed("did.malformed");
        }
        catch (MalformedException fault)
        {
            return DidResolution.Malformed(fault.Code);
        }
    }

    private async ValueTask<DidResolution> FetchAsync(string did, Uri url, CancellationToken cancellationToken)
    {
        var fetched = await fetch(url, cancellationToken).ConfigureAwait(false);
        return fetched.Status switch
        {
            FetchStatus.Found => DidResolution.Resolved(DidDocument.Read(fetched.Bytes, did)),
            FetchStatus.NotFound => DidResolution.Failed(DidResolutionStatus.NotFound),
            FetchStatus.NotAllowed => DidResolution.Failed(DidResolutionStatus.NotAllowed),
            _ => DidResolution.Failed(DidResolutionStatus.Unreachable),
        };
    }
}
