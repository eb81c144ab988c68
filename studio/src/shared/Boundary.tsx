import { Component, type ReactNode } from 'react';
import { Trouble } from './Trouble';

interface Props {
  /** Where we are: another place is drawn anew. */
  at: string;
  children: ReactNode;
}

/** Shows what went wrong in the page itself, where it would otherwise be empty. */
export class Boundary extends Component<Props, { error?: unknown }> {
  override state: { error?: unknown } = {};

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override componentDidUpdate(before: Props) {
    if (before.at !== this.props.at && this.state.error !== undefined) this.setState({ error: undefined });
  }

  override render() {
    if (this.state.error === undefined) return this.props.children;
    return (
      <main id="content" tabIndex={-1} className="page">
        <h1>This page could not be drawn</h1>
        <p>What you typed is kept in this browser. The other pages still work.</p>
        <Trouble error={this.state.error} onRetry={() => this.setState({ error: undefined })} />
      </main>
    );
  }
}
