using Microsoft.AspNetCore.Components;

namespace SkillBadges.App.Layout;

/// <summary>
/// A page or a part of one that is drawn once, when all that it shows has been read. The framework's own kind is drawn a first time as soon as it
/// waits for anything, which is before its data is there: a store that answers from another machine would then show a page of nothing, or none at all.
/// </summary>
public abstract class WholeComponent : ComponentBase, IHandleEvent
{
    private bool isBegun;

    public override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        if (!isBegun)
        {
            isBegun = true;
            OnInitialized();
            await OnInitializedAsync();
        }

        OnParametersSet();
        await OnParametersSetAsync();
        StateHasChanged();
    }

    // A form that was sent: what its handler came to is drawn, not how it stood halfway.
    async Task IHandleEvent.HandleEventAsync(EventCallbackWorkItem callback, object? arg)
    {
        await callback.InvokeAsync(arg);
        StateHasChanged();
    }
}
