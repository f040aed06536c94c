namespace SkillBadges.Benchmarks.App;

/// <summary>Counts the requests that leave a client.</summary>
internal sealed class RequestCount() : DelegatingHandler(new SocketsHttpHandler())
{
    private int sent;

    public int Sent => Volatile.Read(ref sent);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref sent);
        return base.SendAsync(request, cancellationToken);
    }
}
